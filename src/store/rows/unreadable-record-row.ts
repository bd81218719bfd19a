import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { SourceName } from '../../sources/log.js'

/** A record that could not be stored as a log, set aside with the reason; the same one is kept once. */
@Entity('unreadable_records')
export class UnreadableRecordRow {
  /** Digest of the record. */
  @PrimaryColumn({ type: 'text' })
  digest!: string

  @Column({ type: 'text', name: 'account_sid' })
  accountSid!: string

  @Column({ type: 'text' })
  source!: SourceName

  @Column({ type: 'text' })
  reason!: string

  @Column({ type: 'text' })
  record!: string

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date
}
