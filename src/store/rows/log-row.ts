import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'
import type { Log, LogType } from '../../sources/log.js'
import { position } from './position.js'

@Entity('logs')
// Holds more than the columns by which it is ordered, which TypeORM cannot say: see the migration.
@Index('logs_by_time', { synchronize: false })
@Index(['logType', 'timestamp', 'id'])
@Index(['errorCode', 'timestamp', 'id'], { where: 'error_code IS NOT NULL' })
@Index(['nextReadAt'], { where: 'next_read_at IS NOT NULL' })
export class LogRow implements Log {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Index({ unique: true })
  @Column({ type: 'text', name: 'twilio_sid' })
  twilioSid!: string

  @Column({ type: 'text', name: 'account_sid' })
  accountSid!: string

  @Column({ type: 'text', name: 'log_type' })
  logType!: LogType

  @Column({ type: 'timestamptz' })
  timestamp!: Date

  @Column({ type: 'text', nullable: true })
  status!: string | null

  @Column({ type: 'text', name: 'error_code', nullable: true })
  errorCode!: string | null

  @Column({ type: 'text', name: 'error_message', nullable: true })
  errorMessage!: string | null

  @Column({ type: 'text', name: 'from_number', nullable: true })
  fromNumber!: string | null

  @Column({ type: 'text', name: 'to_number', nullable: true })
  toNumber!: string | null

  @Column({ type: 'text', nullable: true })
  text!: string | null

  @Column({ type: 'jsonb', name: 'raw_data' })
  rawData!: unknown

  /** Digest of everything but status and error: tells old news from a filled-in price without comparing documents. */
  @Column({ type: 'text', name: 'content_hash' })
  contentHash!: string

  /** Twilio's date_updated of the version stored. */
  @Column({ type: 'timestamptz', name: 'changed_at', nullable: true })
  changedAt!: Date | null

  /** Whether it is stored as its origin has it; false where a webhook has told a part of it since it was read, or before. */
  @Column({ type: 'boolean', default: true })
  whole!: boolean

  @Column({ type: 'boolean', default: false })
  processed!: boolean

  /** Read by the first complete sweep and older than its start: fires nothing. */
  @Column({ type: 'boolean', default: false })
  backfilled!: boolean

  /** Feed position of its first judging; null until then. Compared with a rule's `sincePosition`. */
  @Column({ ...position, name: 'added_position', nullable: true })
  addedPosition!: number | null

  /** Since when it may be waited for; a scheduled message starts when it leaves `scheduled`. */
  @Column({ type: 'timestamptz', name: 'unfinished_since', nullable: true })
  unfinishedSince!: Date | null

  /** When it is to be read again by SID; null once it is final or given up. */
  @Column({ type: 'timestamptz', name: 'next_read_at', nullable: true })
  nextReadAt!: Date | null

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date

  @Column({ type: 'timestamptz', name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date
}
