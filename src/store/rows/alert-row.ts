import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Alert, AlertReason } from '../../alerts/alert.js'

/** An alert without its state: that follows from `resolvesAt` and the database clock when it is read. */
@Entity('alerts')
@Index(['triggeredAt', 'id'])
@Index(['ruleId', 'triggeredAt', 'id'])
@Index(['logId'])
@Index(['ruleId', 'transitionId'], { unique: true })
export class AlertRow implements Omit<Alert, 'state'> {
  @PrimaryColumn({ type: 'uuid' })
  id!: string

  @Column({ type: 'uuid', name: 'rule_id' })
  ruleId!: string

  @Column({ type: 'uuid', name: 'log_id', nullable: true })
  logId!: string | null

  /** The start of the match: the same rule cannot fire twice for it, whatever crashes. */
  @Column({ type: 'bigint', name: 'transition_id', nullable: true })
  transitionId!: string | null

  @Column({ type: 'int', name: 'match_count', default: 1 })
  matchCount!: number

  @Column({ type: 'text' })
  summary!: string

  @Column({ type: 'text', nullable: true })
  reason!: AlertReason | null

  @Column({ type: 'text', nullable: true })
  cause!: string | null

  @Column({ type: 'timestamptz', name: 'triggered_at' })
  triggeredAt!: Date

  @Column({ type: 'timestamptz', name: 'resolves_at' })
  resolvesAt!: Date
}
