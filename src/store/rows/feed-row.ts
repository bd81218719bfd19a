import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'
import type { FeedKind } from '../../events/feed.js'

/** One thing that happened, in the order in which it was committed. */
@Entity('feed')
@Index(['at'])
export class FeedRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  position!: string

  @Column({ type: 'text' })
  kind!: FeedKind

  /** Id of the log, alert or delivery. */
  @Column({ type: 'uuid', name: 'subject_id' })
  subjectId!: string

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at!: Date
}
