import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'
import type { Receiver, ReceiverMapping } from '../../inbox/receiver.js'

@Entity('receivers')
export class ReceiverRow implements Receiver {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Index({ unique: true })
  @Column({ type: 'text' })
  name!: string

  @Column({ type: 'text', nullable: true })
  description!: string | null

  @Column({ type: 'boolean', default: true })
  enabled!: boolean

  /** Sealed. */
  @Column({ type: 'text', nullable: true })
  secret!: string | null

  /** Sealed. */
  @Column({ type: 'text', nullable: true })
  token!: string | null

  @Column({ type: 'jsonb' })
  mapping!: ReceiverMapping

  @Column({ type: 'int', name: 'max_bytes' })
  maxBytes!: number

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date

  @Column({ type: 'timestamptz', name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date

  @Column({ type: 'timestamptz', name: 'last_received_at', nullable: true })
  lastReceivedAt!: Date | null

  @Column({ type: 'int', name: 'received_count', default: 0 })
  receivedCount!: number

  /** Of a receiver that files manage: its secrets as they stand in the file, by their JSON pointers. */
  @Column({ type: 'jsonb', name: 'secret_references', nullable: true })
  secretReferences!: Record<string, string> | null

  @Column({ type: 'text', name: 'managed_by', nullable: true })
  managedBy!: string | null
}
