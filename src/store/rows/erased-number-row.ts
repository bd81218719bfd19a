import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A number that was erased, by a digest that only the key in `system_state` makes: what still brings it comes in without it. */
@Entity('erased_numbers')
export class ErasedNumberRow {
  /** Rises in the order of erasing. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string

  /** Of its digits: of all of them, or of those after the calling code. */
  @Column({ type: 'text' })
  digest!: string

  /** What is missing before those digits; empty where nothing is. */
  @Column({ type: 'text', name: 'calling_code' })
  callingCode!: string

  @Column({ type: 'timestamptz', name: 'erased_at', default: () => 'now()' })
  erasedAt!: Date
}
