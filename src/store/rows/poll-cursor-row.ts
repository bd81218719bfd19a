import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { SourceName } from '../../sources/log.js'
import type { ReadFailure } from '../../sources/twilio-read-error.js'

/** How far one source of one account has been read, and who is reading it now. */
@Entity('poll_cursors')
export class PollCursorRow {
  @PrimaryColumn({ type: 'text', name: 'account_sid' })
  accountSid!: string

  @PrimaryColumn({ type: 'text' })
  source!: SourceName

  /** When the first page was first read: what is older is backfill. */
  @Column({ type: 'timestamptz', name: 'first_read_at', nullable: true })
  firstReadAt!: Date | null

  @Column({ type: 'boolean', name: 'first_sweep_done', default: false })
  firstSweepDone!: boolean

  @Column({ type: 'timestamptz', name: 'last_sweep_started_at', nullable: true })
  lastSweepStartedAt!: Date | null

  @Column({ type: 'timestamptz', name: 'last_success_at', nullable: true })
  lastSuccessAt!: Date | null

  @Column({ type: 'int', default: 0 })
  failures!: number

  /** In words, for `health`; null after a success. */
  @Column({ type: 'text', nullable: true })
  error!: string | null

  @Column({ type: 'text', name: 'error_kind', nullable: true })
  errorKind!: ReadFailure | null

  @Column({ type: 'timestamptz', name: 'next_poll_at', default: () => 'now()' })
  nextPollAt!: Date

  @Column({ type: 'uuid', name: 'lease_token', nullable: true })
  leaseToken!: string | null

  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true })
  leaseUntil!: Date | null

  /** Claims that nobody ended since the last poll that ended well: as a rule, who held them died. */
  @Column({ type: 'int', default: 0 })
  deaths!: number

  /** SIDs of the records that are being stored; noted after such a death only. */
  @Column({ type: 'jsonb', name: 'in_hand', default: [] })
  inHand!: string[]

  /** Records that were in hand at a death: by SID, at how many of them alone. */
  @Column({ type: 'jsonb', default: {} })
  suspects!: Record<string, number>

  /** SIDs of records that killed whoever stored them: they are passed over. */
  @Column({ type: 'jsonb', name: 'set_aside', default: [] })
  setAside!: string[]
}
