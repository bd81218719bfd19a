import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A log that counts for a threshold rule as the rule stands. */
@Entity('threshold_matches')
@Index(['ruleId', 'logTimestamp'])
export class ThresholdMatchRow {
  @PrimaryColumn({ type: 'uuid', name: 'rule_id' })
  ruleId!: string

  @PrimaryColumn({ type: 'uuid', name: 'log_id' })
  logId!: string

  @Column({ type: 'timestamptz', name: 'log_timestamp' })
  logTimestamp!: Date
}
