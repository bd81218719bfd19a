import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'
import type { DeliveryAttempt } from '../../actions/delivery.js'

/** One try at a delivery. It is written, without an end, just before the send; one that never got its end died with its process. */
@Entity('delivery_attempts')
@Index(['deliveryId', 'id'])
export class DeliveryAttemptRow implements DeliveryAttempt {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string

  @Column({ type: 'uuid', name: 'delivery_id' })
  deliveryId!: string

  /** The lease under which it was begun: only its holder may end it. */
  @Column({ type: 'uuid', name: 'lease_token' })
  leaseToken!: string

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at!: Date

  @Column({ type: 'timestamptz', name: 'ended_at', nullable: true })
  endedAt!: Date | null

  @Column({ type: 'boolean', default: false })
  success!: boolean

  @Column({ type: 'int', name: 'duration_ms', default: 0 })
  durationMs!: number

  @Column({ type: 'int', name: 'status_code', nullable: true })
  statusCode!: number | null

  @Column({ type: 'text', nullable: true })
  error!: string | null

  @Column({ type: 'text', nullable: true })
  response!: string | null
}
