import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { InboxState, type InboxEntry } from '../../inbox/inbox-entry.js'

/** What came in by a webhook: stored before it is answered, worked afterwards, kept some days. */
@Entity('inbox')
@Index(['channel', 'idempotencyId'], { unique: true })
@Index(['receivedAt', 'id'])
@Index(['receiverId', 'receivedAt', 'id'], { where: 'receiver_id IS NOT NULL' })
@Index(['id'], { where: "state = 'pending'" })
export class InboxRow implements InboxEntry {
  /** Rises with the time of receipt. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string

  @Column({ type: 'text' })
  channel!: string

  /** The digest of what makes a repeat of it. */
  @Column({ type: 'text', name: 'idempotency_id' })
  idempotencyId!: string

  @Column({ type: 'uuid', name: 'receiver_id', nullable: true })
  receiverId!: string | null

  @Column({ type: 'text', name: 'account_sid', nullable: true })
  accountSid!: string | null

  @Column({ type: 'text', name: 'given_id', nullable: true })
  givenId!: string | null

  @Column({ type: 'text', name: 'twilio_sid', nullable: true })
  twilioSid!: string | null

  @Column({ type: 'text' })
  body!: string

  @Column({ type: 'timestamptz', name: 'received_at' })
  receivedAt!: Date

  @Column({ type: 'text', default: InboxState.PENDING })
  state!: InboxState

  @Column({ type: 'text', nullable: true })
  error!: string | null

  /** How often its work was begun. */
  @Column({ type: 'int', default: 0 })
  tries!: number

  @Column({ type: 'timestamptz', name: 'next_try_at', default: () => 'now()' })
  nextTryAt!: Date

  @Column({ type: 'uuid', name: 'lease_token', nullable: true })
  leaseToken!: string | null

  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true })
  leaseUntil!: Date | null
}
