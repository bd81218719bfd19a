import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'
import type { Rule, PatternType } from '../../rules/rule.js'
import type { LogType } from '../../sources/log.js'
import { position } from './position.js'

@Entity('rules')
export class RuleRow implements Rule {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Column({ type: 'text' })
  name!: string

  @Column({ type: 'text', nullable: true })
  description!: string | null

  @Column({ type: 'boolean', default: true })
  enabled!: boolean

  @Column({ type: 'text', name: 'log_type', nullable: true })
  logType!: LogType | null

  @Column({ type: 'text', name: 'pattern_type' })
  patternType!: PatternType

  @Column({ type: 'text', name: 'pattern_value', nullable: true })
  patternValue!: string | null

  @Column({ type: 'int', name: 'threshold_count', nullable: true })
  thresholdCount!: number | null

  @Column({ type: 'int', name: 'threshold_window_minutes', nullable: true })
  thresholdWindowMinutes!: number | null

  @Column({ type: 'int', name: 'cooldown_minutes', default: 0 })
  cooldownMinutes!: number

  @Column({ type: 'text', name: 'managed_by', nullable: true })
  managedBy!: string | null

  /** The feed's head when this version was written: logs added up to it are older than the rule. */
  @Column({ ...position, name: 'since_position', default: 0 })
  sincePosition!: number

  /** The stretch of log time over which a threshold has counted the logs older than itself; null where it has not yet. */
  @Column({ type: 'timestamptz', name: 'counted_from', nullable: true })
  countedFrom!: Date | null

  @Column({ type: 'timestamptz', name: 'counted_to', nullable: true })
  countedTo!: Date | null

  /** When it last threw, in this version; null where it has not. */
  @Column({ type: 'timestamptz', name: 'failed_at', nullable: true })
  failedAt!: Date | null

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date

  @Column({ type: 'timestamptz', name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date

  @Column({ type: 'timestamptz', name: 'condition_changed_at', default: () => 'now()' })
  conditionChangedAt!: Date

  @Column({ type: 'timestamptz', name: 'deleted_at', nullable: true })
  deletedAt!: Date | null
}
