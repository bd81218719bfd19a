import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'

/** One message that went to one recipient or through one action, kept for the minute that the limits look back. */
@Entity('sends')
@Index(['key', 'at'])
@Index(['at'])
export class SendRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string

  /** `email:<address>` or `action:<id>`. */
  @Column({ type: 'text' })
  key!: string

  @Column({ type: 'timestamptz', default: () => 'now()' })
  at!: Date
}
