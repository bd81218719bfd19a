import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A stretch of log time in which a threshold rule's windows hold the count, kept so that joining a match needs only its neighbours. */
@Entity('threshold_episodes')
@Index(['ruleId', 'endsAt'])
export class ThresholdEpisodeRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string

  @Column({ type: 'uuid', name: 'rule_id' })
  ruleId!: string

  @Column({ type: 'timestamptz', name: 'starts_at' })
  startsAt!: Date

  @Column({ type: 'timestamptz', name: 'ends_at' })
  endsAt!: Date

  /** Until when, by the clock, the last of its windows holds the count. */
  @Column({ type: 'timestamptz', name: 'holds_until' })
  holdsUntil!: Date

  @Column({ type: 'int', name: 'match_count' })
  matchCount!: number

  /** How many of the matches its alerts already stand for. */
  @Column({ type: 'int', name: 'alerted_count' })
  alertedCount!: number

  /** Its newest alert. */
  @Column({ type: 'uuid', name: 'alert_id', nullable: true })
  alertId!: string | null
}
