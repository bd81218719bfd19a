import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { AuditAction, AuditEntry, AuditObject } from '../../audit/audit-entry.js'
import type { AuditActor } from '../../audit/caller.js'
import type { Differences } from '../../audit/differences.js'

/** A change that somebody made. A trigger refuses every change of it. */
@Entity('audit_log')
@Index(['at', 'id'])
@Index(['objectId', 'at', 'id'])
export class AuditRow implements AuditEntry {
  @PrimaryColumn({ type: 'uuid' })
  id!: string

  @Column({ type: 'timestamptz' })
  at!: Date

  @Column({ type: 'text' })
  actor!: AuditActor

  @Column({ type: 'text', name: 'actor_name' })
  actorName!: string

  @Column({ type: 'uuid', name: 'key_id', nullable: true })
  keyId!: string | null

  @Column({ type: 'text' })
  action!: AuditAction

  @Column({ type: 'text', name: 'object_type' })
  objectType!: AuditObject

  @Column({ type: 'text', name: 'object_id', nullable: true })
  objectId!: string | null

  @Column({ type: 'text', name: 'object_name', nullable: true })
  objectName!: string | null

  /** Secrets and phone numbers masked. */
  @Column({ type: 'jsonb' })
  changes!: Differences

  @Column({ type: 'text', name: 'request_id', nullable: true })
  requestId!: string | null

  @Column({ type: 'text', nullable: true })
  ip!: string | null
}
