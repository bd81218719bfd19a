import { Column, Entity, PrimaryColumn } from 'typeorm'
import { position } from './position.js'

/** The one row of facts about the whole installation. */
@Entity('system_state')
export class SystemStateRow {
  @PrimaryColumn({ type: 'int' })
  id!: number

  /** Everything up to this feed position has been dropped. */
  @Column({ ...position, name: 'feed_floor', default: 0 })
  feedFloor!: number

  /** Goes up with every change of a rule: tells a process that its compiled rules are old. */
  @Column({ ...position, name: 'rule_revision', default: 0 })
  ruleRevision!: number

  /** Logs older than this have been dropped; one that a list gives again is not stored again. */
  @Column({ name: 'logs_dropped_before', type: 'timestamptz', nullable: true })
  logsDroppedBefore!: Date | null

  /** The key of the digests of erased numbers, sealed; null while none is erased. */
  @Column({ type: 'text', name: 'erasure_key', nullable: true })
  erasureKey!: string | null
}
