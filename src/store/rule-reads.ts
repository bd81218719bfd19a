import type { Action } from '../actions/action.js'
import type { Rule } from '../rules/rule.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { byId } from './page.js'

export const RULE_COLUMNS = `id, name, description, enabled, log_type AS "logType", pattern_type AS "patternType",
  pattern_value AS "patternValue", threshold_count AS "thresholdCount", threshold_window_minutes AS "thresholdWindowMinutes",
  cooldown_minutes AS "cooldownMinutes", managed_by AS "managedBy", created_at AS "createdAt", updated_at AS "updatedAt",
  condition_changed_at AS "conditionChangedAt", deleted_at AS "deletedAt"`

const ACTION_COLUMNS = `id, rule_id AS "ruleId", action_type AS "actionType", config, enabled, managed_by AS "managedBy",
  created_at AS "createdAt", deleted_at AS "deletedAt"`

/** Reads rules and their actions as plain rows; an action's config comes as it is stored, its secrets sealed. */
export class RuleReads {
  constructor(private readonly statements: Statements) {}

  /** Without the deleted ones, oldest first. */
  rules(enabled: boolean | null): Promise<Rule[]> {
    const where = new Conditions()
    where.and('deleted_at IS NULL')
    if (enabled !== null) where.and(`enabled = ${where.bind(enabled)}`)
    return this.statements.query<Rule>(
      `SELECT ${RULE_COLUMNS} FROM rules${where.toSql()} ORDER BY created_at, id`,
      where.parameters,
    )
  }

  /** Without the deleted ones, oldest first; of every rule where none is named. */
  actions(ruleIds: readonly string[] | null): Promise<Action[]> {
    const where = new Conditions()
    where.and('deleted_at IS NULL')
    if (ruleIds) where.andOneOf('rule_id', ruleIds, 'uuid')
    return this.statements.query<Action>(
      `SELECT ${ACTION_COLUMNS} FROM actions${where.toSql()} ORDER BY created_at, id`,
      where.parameters,
    )
  }

  /** Deleted ones too: alerts and deliveries keep pointing at them. */
  async rulesByIds(ids: readonly string[]): Promise<ReadonlyMap<string, Rule>> {
    return byId(
      await this.statements.query<Rule>(`SELECT ${RULE_COLUMNS} FROM rules WHERE id = ANY($1::uuid[])`, [
        ids,
      ]),
    )
  }

  /** Deleted ones too: deliveries keep pointing at them. */
  async actionsByIds(ids: readonly string[]): Promise<ReadonlyMap<string, Action>> {
    return byId(
      await this.statements.query<Action>(
        `SELECT ${ACTION_COLUMNS} FROM actions WHERE id = ANY($1::uuid[])`,
        [ids],
      ),
    )
  }
}
