import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'
import type { Action, ActionType } from '../../actions/action.js'

@Entity('actions')
export class ActionRow implements Action {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Index()
  @Column({ type: 'uuid', name: 'rule_id' })
  ruleId!: string

  @Column({ type: 'text', name: 'action_type' })
  actionType!: ActionType

  /** With its secrets sealed. */
  @Column({ type: 'jsonb' })
  config!: Record<string, unknown>

  @Column({ type: 'boolean', default: true })
  enabled!: boolean

  @Column({ type: 'text', name: 'managed_by', nullable: true })
  managedBy!: string | null

  /** Of an action that files manage: the texts of its config that name variables, as they stand in the file, by their JSON pointers. */
  @Column({ type: 'jsonb', name: 'config_references', nullable: true })
  configReferences!: Record<string, string> | null

  /** Since when, with this config, every try has failed; null where the last one did not, or there was none. */
  @Column({ type: 'timestamptz', name: 'failing_since', nullable: true })
  failingSince!: Date | null

  /** Whether a try with this config has ever succeeded. */
  @Column({ type: 'boolean', name: 'has_worked', default: false })
  hasWorked!: boolean

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date

  @Column({ type: 'timestamptz', name: 'deleted_at', nullable: true })
  deletedAt!: Date | null
}
