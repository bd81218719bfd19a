import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'
import type { Delivery, DeliveryKind, DeliveryStatus } from '../../actions/delivery.js'

@Entity('deliveries')
@Index(['alertId', 'actionId'], { unique: true, where: "kind = 'alert'" })
@Index(['alertId', 'triggeredAt', 'id'])
@Index(['triggeredAt', 'id'])
@Index(['triggeredAt', 'id'], { where: "status = 'failed'" })
@Index(['nextAttemptAt'], { where: "status = 'pending'" })
@Index(['actionId', 'status'])
@Index(['actionId', 'triggeredAt', 'id'])
@Index(['ruleId', 'triggeredAt', 'id'])
@Index(['foldedInto'], { where: 'folded_into IS NOT NULL' })
export class DeliveryRow implements Omit<Delivery, 'failing' | 'retriable'> {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Column({ type: 'uuid', name: 'alert_id' })
  alertId!: string

  @Column({ type: 'uuid', name: 'rule_id' })
  ruleId!: string

  @Column({ type: 'uuid', name: 'log_id', nullable: true })
  logId!: string | null

  @Column({ type: 'uuid', name: 'action_id' })
  actionId!: string

  /** `alert`: owed for its alert. `fold`: stands for deliveries that were over a limit. */
  @Column({ type: 'text', default: 'alert' })
  kind!: DeliveryKind

  @Column({ type: 'text', default: 'pending' })
  status!: DeliveryStatus

  @Column({ type: 'boolean', nullable: true })
  success!: boolean | null

  @Column({ type: 'jsonb', name: 'action_result', nullable: true })
  actionResult!: unknown

  @Column({ type: 'timestamptz', name: 'triggered_at' })
  triggeredAt!: Date

  @Column({ type: 'timestamptz', name: 'next_attempt_at', nullable: true })
  nextAttemptAt!: Date | null

  @Column({ type: 'timestamptz', name: 'completed_at', nullable: true })
  completedAt!: Date | null

  /** Tries that failed and used up a retry; a try cut short by a crash is not among them. */
  @Column({ type: 'int', name: 'failed_tries', default: 0 })
  failedTries!: number

  /** Tries in a row that ended with the death of the process; one that ends by itself begins the count anew. */
  @Column({ type: 'int', name: 'crashed_tries', default: 0 })
  crashedTries!: number

  @Column({ type: 'int', name: 'attempt_count', default: 0 })
  attemptCount!: number

  /** Asked for by a person: sent alone, whatever the limits say. */
  @Column({ type: 'boolean', name: 'by_hand', default: false })
  byHand!: boolean

  /** The limits have counted it: its further tries are the same message. */
  @Column({ type: 'boolean', default: false })
  counted!: boolean

  @Column({ type: 'uuid', name: 'folded_into', nullable: true })
  foldedInto!: string | null

  @Column({ type: 'uuid', name: 'lease_token', nullable: true })
  leaseToken!: string | null

  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true })
  leaseUntil!: Date | null
}
