import { Entity, Index, PrimaryColumn } from 'typeorm'

/** "This rule last said that this log matches": the row is there while it does, so that a match fires once. */
@Entity('rule_verdicts')
export class RuleVerdictRow {
  @PrimaryColumn({ type: 'uuid', name: 'rule_id' })
  ruleId!: string

  @Index()
  @PrimaryColumn({ type: 'uuid', name: 'log_id' })
  logId!: string
}
