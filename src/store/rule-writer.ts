import type { Action } from '../actions/action.js'
import type { Delivery } from '../actions/delivery.js'
import type { References } from '../commands/configuration/references.js'
import type { ActionSettings, RuleWriter, WhichFailed } from '../commands/rule-book.js'
import type { RuleSettings } from '../commands/rule-input.js'
import { conditionKeys, PatternType, type Rule } from '../rules/rule.js'
import type { Statements } from './database.js'
import { DeliveryReads } from './delivery-reads.js'
import { unfold } from './delivery-folding.js'
import { IS_FAILING } from './failing-actions.js'
import { feedHead, tellFeed } from './feed-writes.js'
import { ManagedReceivers } from './managed-receivers.js'
import { IS_RETRIABLE } from './retriable-deliveries.js'
import { RuleReads } from './rule-reads.js'
import { forgetThreshold } from './threshold-writes.js'
import { isUuid } from './uuid.js'

/** The column of each setting. */
const settingColumns: Readonly<Record<keyof RuleSettings, string>> = {
  name: 'name',
  description: 'description',
  enabled: 'enabled',
  logType: 'log_type',
  patternType: 'pattern_type',
  patternValue: 'pattern_value',
  thresholdCount: 'threshold_count',
  thresholdWindowMinutes: 'threshold_window_minutes',
  cooldownMinutes: 'cooldown_minutes',
}
const settingNames = Object.keys(settingColumns) as (keyof RuleSettings)[]

/** For statements: the columns, a parameter for each (`$2, $3, …`), and the values. */
const SETTING_COLUMNS = Object.values(settingColumns).join(', ')
const placesFrom = (first: number): string => settingNames.map((_, index) => `$${first + index}`).join(', ')
/** Whether a row looks for something else than the parameters from `$first` on say. */
const isOtherCondition = (first: number): string =>
  conditionKeys
    .map((key) => `${settingColumns[key]} IS DISTINCT FROM $${first + settingNames.indexOf(key)}`)
    .join(' OR ')
const valuesOf = (settings: RuleSettings): unknown[] => settingNames.map((name) => settings[name])

/** Failed deliveries owed again by one transaction at most: nobody judges while it runs. */
const OWED_AT_ONCE = 5_000

/** Rules, actions and what hangs on them, inside a transaction under the judge's lock. */
export class PostgresRuleWriter implements Omit<RuleWriter, 'noteApplied' | 'noteErased'> {
  readonly receivers: ManagedReceivers
  private readonly reads: RuleReads

  constructor(private readonly tx: Statements) {
    this.receivers = new ManagedReceivers(tx)
    this.reads = new RuleReads(tx)
  }

  async rule(id: string): Promise<Rule | null> {
    const rule = isUuid(id) ? (await this.reads.rulesByIds([id])).get(id.toLowerCase()) : undefined
    return rule && rule.deletedAt === null ? rule : null
  }

  async action(id: string): Promise<Action | null> {
    const action = isUuid(id) ? (await this.reads.actionsByIds([id])).get(id.toLowerCase()) : undefined
    return action && action.deletedAt === null ? action : null
  }

  async delivery(id: string): Promise<Delivery | null> {
    const delivery = isUuid(id)
      ? (await new DeliveryReads(this.tx).byIds([id])).get(id.toLowerCase())
      : undefined
    return delivery ?? null
  }

  rules(): Promise<Rule[]> {
    return this.reads.rules(null)
  }

  actions(): Promise<Action[]> {
    return this.reads.actions(null)
  }

  async references(): Promise<ReadonlyMap<string, References>> {
    const rows = await this.tx.query<{ id: string; references: References }>(
      `SELECT id, config_references AS "references" FROM actions WHERE deleted_at IS NULL AND config_references IS NOT NULL`,
    )
    return new Map(rows.map(({ id, references }) => [id, references]))
  }

  async insertRule(settings: RuleSettings): Promise<Rule> {
    const [row] = await this.tx.query<{ id: string }>(
      `INSERT INTO rules (since_position, created_at, updated_at, condition_changed_at, ${SETTING_COLUMNS})
       VALUES ($1, clock_timestamp(), clock_timestamp(), clock_timestamp(), ${placesFrom(2)}) RETURNING id`,
      [await feedHead(this.tx), ...valuesOf(settings)],
    )
    await this.newRevision()
    return this.standing(row?.id)
  }

  async updateRule(
    id: string,
    settings: RuleSettings,
    { recount }: { readonly recount: boolean },
  ): Promise<Rule> {
    if (recount || settings.patternType !== PatternType.THRESHOLD) await forgetThreshold(this.tx, id)
    await this.tx.query(
      `UPDATE rules SET (since_position, updated_at, failed_at, ${SETTING_COLUMNS}) = ($2, clock_timestamp(), NULL, ${placesFrom(3)}),
              condition_changed_at = CASE WHEN ${isOtherCondition(3)} THEN clock_timestamp() ELSE condition_changed_at END
        WHERE id = $1`,
      [id, await feedHead(this.tx), ...valuesOf(settings)],
    )
    await this.newRevision()
    return this.standing(id)
  }

  async deleteRule(id: string): Promise<void> {
    await this.tx.query(`UPDATE rules SET deleted_at = now(), updated_at = now() WHERE id = $1`, [id])
    await this.tx.query(`UPDATE actions SET deleted_at = now() WHERE rule_id = $1 AND deleted_at IS NULL`, [
      id,
    ])
    await this.tx.query(`DELETE FROM rule_verdicts WHERE rule_id = $1`, [id])
    await forgetThreshold(this.tx, id)
    await this.newRevision()
  }

  async insertAction(ruleId: string, { actionType, config, enabled }: ActionSettings): Promise<Action> {
    const [row] = await this.tx.query<{ id: string }>(
      // Later than every other one of the rule: the order in which they were given must show, however coarse the clock is.
      `INSERT INTO actions (rule_id, action_type, config, enabled, created_at)
       SELECT $1::uuid, $2::text, $3::jsonb, $4::boolean, greatest(clock_timestamp(), max(created_at) + interval '1 microsecond') FROM actions WHERE rule_id = $1
       RETURNING id`,
      [ruleId, actionType, JSON.stringify(config), enabled],
    )
    return this.standingAction(row?.id)
  }

  async updateAction(id: string, { config, enabled }: Omit<ActionSettings, 'actionType'>): Promise<Action> {
    // Another config has not failed yet, nor worked.
    await this.tx.query(
      `UPDATE actions SET config = $2, enabled = $3, failing_since = CASE WHEN config = $2::jsonb THEN failing_since END,
              has_worked = has_worked AND config = $2::jsonb WHERE id = $1`,
      [id, JSON.stringify(config), enabled],
    )
    return this.standingAction(id)
  }

  async deleteAction(id: string): Promise<void> {
    await this.tx.query(`UPDATE actions SET deleted_at = now() WHERE id = $1`, [id])
  }

  async manageRule(id: string, managedBy: string | null): Promise<void> {
    await this.tx.query(`UPDATE rules SET managed_by = $2 WHERE id = $1`, [id, managedBy])
    // Whoever may edit an action may change what the references in its config stood for.
    await this.tx.query(
      `UPDATE actions SET managed_by = $2::text, config_references = CASE WHEN $2::text IS NULL THEN NULL ELSE config_references END
        WHERE rule_id = $1 AND deleted_at IS NULL`,
      [id, managedBy],
    )
  }

  async keepReferences(actionId: string, references: References): Promise<void> {
    const given = Object.keys(references).length > 0 ? JSON.stringify(references) : null
    await this.tx.query(`UPDATE actions SET config_references = $2 WHERE id = $1`, [actionId, given])
  }

  async suppressUnsent(
    of: { readonly ruleId: string } | { readonly actionId: string },
    reason: string,
  ): Promise<void> {
    const [column, id] = 'ruleId' in of ? ['rule_id', of.ruleId] : ['action_id', of.actionId]
    // What is being sent at this moment ends by itself: delivered, or suppressed instead of retried.
    const rows = await this.tx.query<{ id: string }>(
      `UPDATE deliveries SET status = 'suppressed', success = false, next_attempt_at = NULL,
              completed_at = date_trunc('milliseconds', now()), action_result = jsonb_build_object('reason', $2::text),
              lease_token = NULL, lease_until = NULL
        WHERE ${column} = $1 AND status = 'pending' AND (lease_until IS NULL OR lease_until < now()) RETURNING id`,
      [id, reason],
    )
    const suppressed = rows.map((row) => row.id)
    await tellFeed(this.tx, 'delivery_changed', [...suppressed, ...(await unfold(this.tx, suppressed))])
  }

  async oweAgain(deliveryId: string): Promise<Delivery> {
    await this.tx.query(
      `UPDATE deliveries SET status = 'pending', success = NULL, action_result = NULL, completed_at = NULL, folded_into = NULL,
              next_attempt_at = date_trunc('milliseconds', now()), failed_tries = 0, crashed_tries = 0, by_hand = true,
              lease_token = NULL, lease_until = NULL WHERE id = $1`,
      [deliveryId],
    )
    await tellFeed(this.tx, 'delivery_changed', [deliveryId])
    const delivery = await this.delivery(deliveryId)
    if (!delivery) throw new Error('the delivery to be retried is gone')
    return delivery
  }

  async oweFailedAgain({ alertId, ruleId, since, failing }: WhichFailed): Promise<number> {
    const rows = await this.tx.query<{ id: string }>(
      `UPDATE deliveries SET status = 'pending', success = NULL, action_result = NULL, completed_at = NULL,
              next_attempt_at = date_trunc('milliseconds', now()), failed_tries = 0, crashed_tries = 0, counted = false,
              lease_token = NULL, lease_until = NULL
        WHERE id IN (
          SELECT id FROM deliveries
           WHERE ${IS_RETRIABLE} AND ($1::uuid IS NULL OR alert_id = $1) AND ($2::uuid IS NULL OR rule_id = $2)
             AND ($3::timestamptz IS NULL OR triggered_at >= $3) AND ($4::boolean IS NULL OR $4 = ${IS_FAILING})
           ORDER BY triggered_at, id LIMIT ${OWED_AT_ONCE})
        RETURNING id`,
      [alertId, ruleId, since, failing],
    )
    await tellFeed(
      this.tx,
      'delivery_changed',
      rows.map((row) => row.id),
    )
    return rows.length
  }

  private async newRevision(): Promise<void> {
    await this.tx.query(`UPDATE system_state SET rule_revision = rule_revision + 1`)
  }

  private async standing(id: string | undefined): Promise<Rule> {
    const rule = id === undefined ? null : await this.rule(id)
    if (!rule) throw new Error('the rule just written is gone')
    return rule
  }

  private async standingAction(id: string | undefined): Promise<Action> {
    const action = id === undefined ? null : await this.action(id)
    if (!action) throw new Error('the action just written is gone')
    return action
  }
}
