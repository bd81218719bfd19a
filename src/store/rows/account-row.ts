import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm'

/** An account that this database has watched. A database that held the demo refuses real credentials, and the other way round. */
@Entity('accounts')
export class AccountRow {
  @PrimaryColumn({ type: 'text' })
  sid!: string

  @Column({ type: 'boolean' })
  demo!: boolean

  /** Whether the workers of this installation poll it; one that was watched before keeps its records. */
  @Column({ type: 'boolean', default: true })
  watched!: boolean

  /** Since when workers have watched it without a gap; null until one has. */
  @Column({ type: 'timestamptz', name: 'watched_since', nullable: true })
  watchedSince!: Date | null

  /** When a worker last said that it watches it. */
  @Column({ type: 'timestamptz', name: 'watched_at', nullable: true })
  watchedAt!: Date | null

  /** When the demo rules were planted, so that a deleted one stays deleted. */
  @Column({ type: 'timestamptz', name: 'seeded_at', nullable: true })
  seededAt!: Date | null

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date
}
