import type { Action, ActionType } from '../actions/action.js'
import type { Claim, Claimed, ClaimRequest } from '../actions/delivery-store.js'
import { fliesAlone } from '../actions/flies-alone.js'
import { fullKeys, isAnyLimit, partByLimits } from '../actions/limits.js'
import { AlertReads } from './alert-reads.js'
import type { Statements } from './database.js'
import { overBehindThese } from './delivery-backlog.js'
import { countCrashes } from './delivery-crashes.js'
import { fold, unfold } from './delivery-folding.js'
import { noteTries } from './failing-actions.js'
import { DISABLED, DUE, isLive, LEASE_SECONDS, LOOK_AT, type Due, type DueRow } from './due-delivery.js'
import { tellFeed } from './feed-writes.js'
import { LogReads } from './log-reads.js'
import { RuleReads } from './rule-reads.js'
import { noteSends, sentLastMinute } from './sends.js'

/** What was taken, before what a try tells of is read. */
export interface Taken extends Omit<Claimed, 'claims'> {
  readonly leased: readonly Leased[]
  readonly actions: ReadonlyMap<string, Action>
}

/** Takes what is due, folds what is over a limit, ends what must not be sent: all under the judge's lock. */
export async function claimUnderLock(tx: Statements, request: ClaimRequest): Promise<Taken> {
  const rows = await tx.query<DueRow>(
    `SELECT id, alert_id AS "alertId", rule_id AS "ruleId", log_id AS "logId", action_id AS "actionId", kind,
            failed_tries AS "failedTries", crashed_tries AS "crashedTries", by_hand AS "byHand", counted, lease_token IS NOT NULL AS "wasHeld",
            (${isLive('deliveries.rule_id', 'deliveries.action_id')}) AS "isLive"
       FROM deliveries WHERE ${DUE}
      ORDER BY next_attempt_at, id LIMIT ${LOOK_AT} FOR UPDATE SKIP LOCKED`,
    [request.busyActionIds, request.heldTokens],
  )
  const { alive, givenUp } = await countCrashes(tx, rows)
  const { wanted, suppressed } = await suppressUnwanted(tx, alive)
  const actions = await new RuleReads(tx).actionsByIds(wanted.map((row) => row.actionId))
  const due = wanted.map((row) => asDue(row, request, actions.get(row.actionId)))
  const lone = due.filter(fliesAlone)
  const others = due.filter((row) => !fliesAlone(row))
  const takesLone = request.idle && lone.length > 0 && !(request.othersFirst && others.length > 0)
  const candidates = takesLone ? lone.slice(0, 1) : others
  const sent = isAnyLimit(request.limits) ? await sentLastMinute(tx, candidates) : new Map()
  const { send, over, later, counts } = partByLimits(candidates, sent, request.limits, request.room)
  const isBehind = rows.length === LOOK_AT
  const overBehind = isBehind ? await overBehindThese(tx, request, candidates, counts) : []
  const folding = await fold(tx, [...over, ...overBehind], request.recipientsOf)
  const leased = await lease(tx, send)
  await noteSends(tx, send)
  await postpone(
    tx,
    later.flatMap((retry) => fullKeys(retry, counts, request.limits).map((key) => [retry.id, key] as const)),
  )
  const ended = [...givenUp, ...suppressed]
  const changed = [...ended, ...(await unfold(tx, ended)), ...folding]
  const upTo = await tellFeed(tx, 'delivery_changed', changed)
  return {
    leased,
    actions,
    loneWaits: lone.length > 0 && !takesLone,
    givenUp: await noteGivenUp(tx, rows, givenUp),
    more: isBehind || rows.length > leased.length + over.length + later.length + ended.length,
    upTo,
  }
}

/** Deliveries that nobody saw fail. Answers the type of the action of each. */
async function noteGivenUp(
  tx: Statements,
  rows: readonly DueRow[],
  ids: readonly string[],
): Promise<ActionType[]> {
  if (ids.length === 0) return []
  const actionIds = rows.filter(({ id }) => ids.includes(id)).map(({ actionId }) => actionId)
  await noteTries(
    tx,
    actionIds.map((actionId) => ({ actionId, success: false })),
  )
  const actions = await new RuleReads(tx).actionsByIds(actionIds)
  return actionIds.flatMap((id) => actions.get(id)?.actionType ?? [])
}

/** What was being sent when its rule or action was disabled, and came back unsent: its process died, or was shut down. */
async function suppressUnwanted(
  tx: Statements,
  rows: readonly DueRow[],
): Promise<{ wanted: DueRow[]; suppressed: string[] }> {
  const suppressed = rows.filter((row) => !row.isLive).map((row) => row.id)
  if (suppressed.length > 0)
    await tx.query(
      `UPDATE deliveries SET status = 'suppressed', success = false, next_attempt_at = NULL,
              completed_at = date_trunc('milliseconds', now()), action_result = jsonb_build_object('reason', $2::text),
              lease_token = NULL, lease_until = NULL WHERE id = ANY($1)`,
      [suppressed, DISABLED],
    )
  return { wanted: rows.filter((row) => row.isLive), suppressed }
}

function asDue(row: DueRow, request: ClaimRequest, action: Action | undefined): Due {
  const isRetry = row.failedTries + row.crashedTries > 0
  return {
    ...row,
    recipients: action ? request.recipientsOf(action) : [],
    exempt: row.kind === 'fold' || row.byHand || (row.counted && !isRetry),
    isRetry,
  }
}

/**
 * Retries for which the limits have no place now: due again at the moment at which there is some, so that they come before what is new.
 * What was held by a process that died is free again.
 */
async function postpone(
  tx: Statements,
  later: readonly (readonly [id: string, key: string])[],
): Promise<void> {
  if (later.length === 0) return
  await tx.query(
    `UPDATE deliveries SET lease_token = NULL, lease_until = NULL,
            next_attempt_at = date_trunc('milliseconds', free.at + interval '1 minute') + interval '1 millisecond'
       FROM (SELECT full_key.id, max(oldest.at) AS at FROM unnest($1::uuid[], $2::text[]) AS full_key(id, key)
              CROSS JOIN LATERAL (SELECT coalesce(min(at), now() - interval '50 seconds') AS at FROM sends
                                   WHERE sends.key = full_key.key AND at > now() - interval '1 minute') AS oldest
              GROUP BY full_key.id) AS free
      WHERE deliveries.id = free.id`,
    [later.map(([id]) => id), later.map(([, key]) => key)],
  )
}

export type Leased = Due & Pick<Claim, 'leaseToken' | 'folded' | 'lastResult'>

async function lease(tx: Statements, send: readonly Due[]): Promise<Leased[]> {
  if (send.length === 0) return []
  const rows = await tx.query<{
    id: string
    token: string
    lastResult: Claim['lastResult']
    folded: Claim['folded']
  }>(
    `UPDATE deliveries d SET lease_token = gen_random_uuid(), lease_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds', counted = true
      WHERE id = ANY($1)
     RETURNING id, lease_token AS token, action_result AS "lastResult",
       CASE WHEN kind = 'fold' THEN (
         SELECT json_agg(json_build_object('rule', r.name, 'count', f.count) ORDER BY f.count DESC, r.name)
           FROM (SELECT rule_id, count(*) FROM deliveries WHERE folded_into = d.id GROUP BY rule_id) f JOIN rules r ON r.id = f.rule_id) END
         AS folded`,
    [send.map((delivery) => delivery.id)],
  )
  const held = new Map(rows.map((row) => [row.id, row]))
  return send.flatMap((delivery) => {
    const row = held.get(delivery.id)
    return row
      ? [
          {
            ...delivery,
            leaseToken: row.token,
            lastResult: row.lastResult,
            folded: row.folded ?? [],
          },
        ]
      : []
  })
}

/** What was leased with all that a try tells of. It is read after the lock is free again: nothing of it decides who sends. */
export async function asClaims(
  statements: Statements,
  leased: readonly Leased[],
  actions: ReadonlyMap<string, Action>,
): Promise<Claim[]> {
  if (leased.length === 0) return []
  const [rules, alerts, logs] = await Promise.all([
    new RuleReads(statements).rulesByIds(leased.map((delivery) => delivery.ruleId)),
    new AlertReads(statements).byIds(leased.map((delivery) => delivery.alertId)),
    new LogReads(statements).byIds(leased.flatMap(({ logId }) => logId ?? [])),
  ])
  return leased.flatMap((delivery) => {
    const { id, kind, failedTries, crashedTries, leaseToken, folded, lastResult } = delivery
    const action = actions.get(delivery.actionId)
    const rule = rules.get(delivery.ruleId)
    const alert = alerts.get(delivery.alertId)
    if (!action || !rule || !alert) return []
    const log = delivery.logId === null || kind === 'fold' ? null : (logs.get(delivery.logId) ?? null)
    const state = { id, kind, failedTries, crashedTries, leaseToken, folded, lastResult }
    return [{ ...state, action, rule, alert, log }]
  })
}
