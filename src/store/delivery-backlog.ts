import type { ClaimRequest } from '../actions/delivery-store.js'
import { allowance, type OverLimit } from '../actions/limits.js'
import type { Statements } from './database.js'
import { DUE, type Foldable, isFoldable } from './due-delivery.js'

/** Folded in one claim for one action: enough for a storm, and the judge's lock is free again soon. */
const FOLDED_AT_ONCE = 2_000

/**
 * What waits behind the deliveries that were looked at and is over a limit, of the same actions. An action keeps no more waiting than
 * it may send in a minute: a receiver slower than its limit must not pile up a queue that tells of a storm long after it.
 *
 * @param counts sends of the last minute by key, with all that the limits let through of those looked at.
 */
export async function overBehindThese(
  tx: Statements,
  request: ClaimRequest,
  looked: readonly Foldable[],
  counts: ReadonlyMap<string, number>,
): Promise<(OverLimit & { delivery: Foldable })[]> {
  const lookedIds = looked.map(({ id }) => id)
  const oneOfEachAction = new Map(looked.map((delivery) => [delivery.actionId, delivery])).values()
  const over: (OverLimit & { delivery: Foldable })[] = []
  for (const like of oneOfEachAction) {
    const { left, reason } = allowance(like, counts, request.limits)
    if (left === Infinity) continue
    const rows = await tx.query<Omit<Foldable, 'recipients' | 'exempt' | 'isRetry'>>(
      `SELECT id, alert_id AS "alertId", rule_id AS "ruleId", log_id AS "logId", action_id AS "actionId"
         FROM deliveries
        WHERE ${DUE} AND action_id = $3 AND id <> ALL($4) AND ${isFoldable('deliveries')}
        ORDER BY next_attempt_at, id OFFSET $5 LIMIT ${FOLDED_AT_ONCE}`,
      [request.busyActionIds, request.heldTokens, like.actionId, lookedIds, Math.max(0, left)],
    )
    for (const row of rows)
      over.push({ delivery: { ...row, recipients: like.recipients, exempt: false, isRetry: false }, reason })
  }
  return over
}
