import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'
import type { LogTransition } from '../../sources/log.js'

@Entity('log_transitions')
@Index(['logId', 'id'])
@Index(['id'], { where: 'NOT judged' })
@Index(['setAsideAt'], { where: 'set_aside_at IS NOT NULL' })
export class LogTransitionRow implements LogTransition {
  /** In the order in which a log passed through them, and in which logs stored together are judged. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string

  @Column({ type: 'uuid', name: 'log_id' })
  logId!: string

  /** Whether it is how the log was first seen. */
  @Column({ type: 'boolean' })
  first!: boolean

  /** Whether it is the state before it once more, with a text that came late: the rules are to see that, nobody else. */
  @Column({ type: 'boolean', default: false })
  completes!: boolean

  @Column({ type: 'text', nullable: true })
  status!: string | null

  @Column({ type: 'text', name: 'error_code', nullable: true })
  errorCode!: string | null

  @Column({ type: 'text', name: 'error_message', nullable: true })
  errorMessage!: string | null

  @Column({ type: 'boolean', default: false })
  judged!: boolean

  /** Why no rule has seen it, where judging it failed at every try. */
  @Column({ type: 'text', name: 'set_aside', nullable: true })
  setAside!: string | null

  @Column({ type: 'timestamptz', name: 'set_aside_at', nullable: true })
  setAsideAt!: Date | null

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at!: Date
}
