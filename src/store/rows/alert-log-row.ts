import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** "This alert stands for this log": it opened at it, or the log joined it, or helped a threshold to open it. */
@Entity('alert_logs')
@Index(['alertId', 'logTimestamp', 'logId'])
export class AlertLogRow {
  @PrimaryColumn({ type: 'uuid', name: 'log_id' })
  logId!: string

  @PrimaryColumn({ type: 'uuid', name: 'alert_id' })
  alertId!: string

  /** As it was when it joined: that of a log that a webhook told of first may change. */
  @Column({ type: 'timestamptz', name: 'log_timestamp' })
  logTimestamp!: Date
}
