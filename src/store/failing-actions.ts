import type { Statements } from './database.js'

/** Of `actions a`: those in use. */
export const OF_LIVE_RULES = `JOIN rules r ON r.id = a.rule_id AND r.enabled AND r.deleted_at IS NULL WHERE a.enabled AND a.deleted_at IS NULL`

/**
 * Whether one of `deliveries` is not delivered, and was tried in vain since its action, which is in use, last worked. Not by EXISTS: of a
 * million deliveries Postgres would rather read all tries there are than those of the few that an index finds.
 */
export const IS_FAILING = `(deliveries.status IN ('pending', 'failed') AND deliveries.attempt_count > 0
  AND deliveries.action_id = ANY(ARRAY(SELECT a.id FROM actions a ${OF_LIVE_RULES} AND a.failing_since IS NOT NULL))
  AND coalesce((SELECT true FROM delivery_attempts t JOIN actions a ON a.id = deliveries.action_id
                 WHERE t.delivery_id = deliveries.id AND NOT t.success AND t.ended_at >= a.failing_since LIMIT 1), false))`

/** How a try of an action ended. */
export interface TryOfAction {
  readonly actionId: string
  readonly success: boolean
}

/** Notes whether actions work; of several tries of one the last counts. Where nothing changes, no row is written. */
export async function noteTries(statements: Statements, tries: readonly TryOfAction[]): Promise<void> {
  const last = new Map(tries.map(({ actionId, success }) => [actionId, success]))
  await statements.query(
    `UPDATE actions SET failing_since = CASE WHEN NOT t.success THEN now() END, has_worked = has_worked OR t.success
       FROM unnest($1::uuid[], $2::boolean[]) AS t(id, success)
      WHERE actions.id = t.id
        AND CASE WHEN t.success THEN failing_since IS NOT NULL OR NOT has_worked ELSE failing_since IS NULL END`,
    [[...last.keys()], [...last.values()]],
  )
}
