import type { Action } from '../actions/action.js'
import type { Claim, Claimed, ClaimRequest, DeliveryStore, Ending } from '../actions/delivery-store.js'
import { partByLimits, sendKeys, type DueDelivery, type OverLimit } from '../actions/limits.js'
import { AlertReads } from './alert-reads.js'
import type { Database, Statements } from './database.js'
import { feedHead, tellFeed } from './feed-writes.js'
import { LogReads } from './log-reads.js'
import { RuleReads } from './rule-reads.js'

/** Length of a lease in seconds: what a dead process held is taken up again in less than 30 s, the next sweep included. */
const LEASE_SECONDS = 20

/** Due deliveries looked at in one claim: a storm is folded by this many at a time. */
const LOOK_AT = 500

/** Tries that may end with the death of the process before a delivery is given up. */
const CRASHES = 5

const DIED = 'The process died during this try.'

const DISABLED = 'its rule or action was disabled or deleted'

/** One row: whether what these two say is still wanted. */
const isLive = (ruleId: string, actionId: string) =>
  `SELECT r.enabled AND r.deleted_at IS NULL AND a.enabled AND a.deleted_at IS NULL
     FROM rules r, actions a WHERE r.id = ${ruleId} AND a.id = ${actionId}`

interface DueRow {
  readonly id: string
  readonly alertId: string
  readonly ruleId: string
  readonly logId: string | null
  readonly actionId: string
  readonly kind: 'alert' | 'fold'
  readonly failedTries: number
  readonly crashedTries: number
  readonly byHand: boolean
  readonly wasHeld: boolean
  /** False where its rule or action was disabled or deleted while it was being sent. */
  readonly isLive: boolean
}

type Due = DueRow & DueDelivery

/** Deliveries, attempts and leases on Postgres. */
export class PostgresDeliveryStore implements DeliveryStore {
  constructor(private readonly database: Database) {}

  async claim(request: ClaimRequest): Promise<Claimed> {
    const [due] = await this.database.query<{ waits: boolean }>(
      `SELECT EXISTS (SELECT FROM deliveries WHERE ${DUE} AND action_id <> ALL($1)) AS waits`,
      [request.busyActionIds],
    )
    if (!due?.waits) return { claims: [], loneWaits: false, more: false, upTo: null }
    const { leased, actions, ...rest } = await this.database.underJudgeLock((tx) =>
      claimUnderLock(tx, request),
    )
    return { claims: await asClaims(this.database, leased, actions), ...rest }
  }

  async begin(claim: Claim): Promise<string | null> {
    const [attempt] = await this.database.query<{ id: string }>(
      `INSERT INTO delivery_attempts (delivery_id, lease_token)
       SELECT id, lease_token FROM deliveries WHERE id = $1 AND lease_token = $2 AND lease_until > now() RETURNING id`,
      [claim.id, claim.leaseToken],
    )
    return attempt?.id ?? null
  }

  end(claim: Claim, attemptId: string, ending: Ending): Promise<number | null> {
    return this.database.underJudgeLock(async (tx) => {
      const isLast = ending.success || ending.retryInMs === null
      const ended = await tx.query(
        `UPDATE deliveries d SET
                status = CASE WHEN $3 THEN 'delivered' WHEN $4 THEN 'failed' WHEN live.ok THEN 'pending' ELSE 'suppressed' END,
                success = CASE WHEN $3 THEN true WHEN $4 OR NOT live.ok THEN false END,
                action_result = CASE WHEN $4 OR live.ok THEN $5::jsonb ELSE $5::jsonb || jsonb_build_object('reason', $9::text) END,
                attempt_count = attempt_count + 1, failed_tries = failed_tries + CASE WHEN $3 THEN 0 ELSE 1 END,
                next_attempt_at = CASE WHEN $4 OR NOT live.ok THEN NULL
                                       ELSE date_trunc('milliseconds', now()) + $6 * interval '1 millisecond' END,
                completed_at = CASE WHEN $4 OR NOT live.ok THEN date_trunc('milliseconds', now()) END,
                lease_token = NULL, lease_until = NULL
           FROM (${isLive('$7', '$8')}) live(ok)
          WHERE d.id = $1 AND d.lease_token = $2 RETURNING d.id`,
        [
          claim.id,
          claim.leaseToken,
          ending.success,
          isLast,
          JSON.stringify(ending.result),
          ending.retryInMs ?? 0,
          claim.rule.id,
          claim.action.id,
          DISABLED,
        ],
      )
      if (ended.length === 0) return null
      await tx.query(
        `UPDATE delivery_attempts SET ended_at = now(), success = $2, duration_ms = $3, status_code = $4, error = $5, response = $6
          WHERE id = $1 AND ended_at IS NULL`,
        [attemptId, ending.success, ending.durationMs, ending.statusCode, ending.error, ending.response],
      )
      await tellFeed(tx, 'delivery_changed', [claim.id])
      return feedHead(tx)
    })
  }

  async release(claim: Claim, attemptId: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE deliveries SET lease_token = NULL, lease_until = NULL WHERE id = $1 AND lease_token = $2`,
        [claim.id, claim.leaseToken],
      )
      if (attemptId !== null)
        await tx.query(`DELETE FROM delivery_attempts WHERE id = $1 AND ended_at IS NULL`, [attemptId])
    })
  }

  async renew(leaseTokens: readonly string[]): Promise<Set<string>> {
    const held = await this.database.query<{ token: string }>(
      `UPDATE deliveries SET lease_until = now() + interval '${LEASE_SECONDS} seconds'
        WHERE lease_token = ANY($1) RETURNING lease_token AS token`,
      [leaseTokens],
    )
    return new Set(held.map((row) => row.token))
  }

  /** Frees every lease: for an embedded database, whose only other user was a process that is gone. */
  async freeAll(): Promise<void> {
    await this.database.query(`UPDATE deliveries SET lease_until = now() WHERE lease_token IS NOT NULL`)
  }

  async nextDueInMs(): Promise<number | null> {
    const [next] = await this.database.query<{ ms: string | null }>(
      `SELECT extract(epoch FROM min(greatest(next_attempt_at, coalesce(lease_until, next_attempt_at))) - now()) * 1000 AS ms
         FROM (SELECT next_attempt_at, lease_until FROM deliveries WHERE status = 'pending'
                ORDER BY next_attempt_at LIMIT ${LOOK_AT}) soonest`,
    )
    return next?.ms == null ? null : Math.ceil(Number(next.ms))
  }
}

const DUE = `status = 'pending' AND next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())`

interface Taken extends Omit<Claimed, 'claims'> {
  readonly leased: readonly Leased[]
  readonly actions: ReadonlyMap<string, Action>
}

async function claimUnderLock(tx: Statements, request: ClaimRequest): Promise<Taken> {
  const rows = await tx.query<DueRow>(
    `SELECT id, alert_id AS "alertId", rule_id AS "ruleId", log_id AS "logId", action_id AS "actionId", kind,
            failed_tries AS "failedTries", crashed_tries AS "crashedTries", by_hand AS "byHand", lease_token IS NOT NULL AS "wasHeld",
            (${isLive('deliveries.rule_id', 'deliveries.action_id')}) AS "isLive"
       FROM deliveries WHERE ${DUE} AND action_id <> ALL($1)
      ORDER BY next_attempt_at, id LIMIT ${LOOK_AT} FOR UPDATE SKIP LOCKED`,
    [request.busyActionIds],
  )
  const { alive, givenUp } = await countCrashes(tx, rows)
  const { wanted, suppressed } = await suppressUnwanted(tx, alive)
  const actions = await new RuleReads(tx).actionsByIds(wanted.map((row) => row.actionId))
  const due = wanted.map((row) => asDue(row, request, actions.get(row.actionId)))
  const lone = due.filter((row) => row.crashedTries > 0)
  const others = due.filter((row) => row.crashedTries === 0)
  const takesLone = request.idle && lone.length > 0
  const candidates = takesLone ? lone.slice(0, 1) : others
  const sent =
    request.limits.emailMaxPerMinute + request.limits.stormMaxPerMinute > 0
      ? await sentLastMinute(tx, candidates)
      : new Map()
  const { send, over } = partByLimits(candidates, sent, request.limits, request.room)
  const folding = await fold(tx, over)
  const leased = await lease(tx, send)
  await noteSends(tx, send)
  const ended = [...givenUp, ...suppressed]
  const changed = [...ended, ...folding]
  await tellFeed(tx, 'delivery_changed', changed)
  return {
    leased,
    actions,
    loneWaits: lone.length > 0 && !takesLone,
    more: rows.length > leased.length + over.length + ended.length || rows.length === LOOK_AT,
    upTo: changed.length > 0 ? await feedHead(tx) : null,
  }
}

/** A try that was begun and never ended died with its process. Five of them end a delivery; a shutdown leaves none behind. */
async function countCrashes(
  tx: Statements,
  rows: readonly DueRow[],
): Promise<{ alive: DueRow[]; givenUp: string[] }> {
  const held = rows.filter((row) => row.wasHeld).map((row) => row.id)
  if (held.length === 0) return { alive: [...rows], givenUp: [] }
  const dead = await tx.query<{ id: string }>(
    `UPDATE delivery_attempts SET ended_at = now(), success = false, error = $2,
            duration_ms = least(extract(epoch FROM now() - at) * 1000, 2147483647)::int
      WHERE delivery_id = ANY($1) AND ended_at IS NULL RETURNING delivery_id AS id`,
    [held, DIED],
  )
  const crashed = await tx.query<{ id: string; crashedTries: number; status: string }>(
    `UPDATE deliveries SET crashed_tries = crashed_tries + 1, attempt_count = attempt_count + 1,
            status = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN 'failed' ELSE status END,
            success = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN false END,
            completed_at = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN date_trunc('milliseconds', now()) END,
            next_attempt_at = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN NULL ELSE next_attempt_at END,
            action_result = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN jsonb_build_object('error', $2::text) ELSE action_result END,
            lease_token = NULL, lease_until = NULL
      WHERE id = ANY($1) RETURNING id, crashed_tries AS "crashedTries", status`,
    [dead.map((row) => row.id), `Given up after ${CRASHES} tries that ended with the death of the process.`],
  )
  const byId = new Map(crashed.map((row) => [row.id, row]))
  const alive = rows
    .filter((row) => byId.get(row.id)?.status !== 'failed')
    .map((row) => ({ ...row, crashedTries: byId.get(row.id)?.crashedTries ?? row.crashedTries }))
  return { alive, givenUp: crashed.filter((row) => row.status === 'failed').map((row) => row.id) }
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
  return {
    ...row,
    recipients: action ? request.recipientsOf(action) : [],
    exempt: row.kind === 'fold' || row.byHand,
  }
}

async function sentLastMinute(tx: Statements, due: readonly Due[]): Promise<Map<string, number>> {
  const keys = [...new Set(due.flatMap(sendKeys))]
  const rows = await tx.query<{ key: string; sent: string }>(
    `SELECT key, count(*) AS sent FROM sends WHERE key = ANY($1) AND at > now() - interval '1 minute' GROUP BY key`,
    [keys],
  )
  return new Map(rows.map((row) => [row.key, Number(row.sent)]))
}

async function noteSends(tx: Statements, send: readonly DueDelivery[]): Promise<void> {
  const keys = send.filter((delivery) => !delivery.exempt).flatMap(sendKeys)
  if (keys.length > 0) await tx.query(`INSERT INTO sends (key) SELECT unnest($1::text[])`, [keys])
}

/** Suppresses what is over a limit and lets one message, a minute later, stand for all of it. Answers the deliveries it changed. */
async function fold(tx: Statements, over: readonly (OverLimit & { delivery: Due })[]): Promise<string[]> {
  const changed: string[] = []
  for (const actionId of new Set(over.map(({ delivery }) => delivery.actionId))) {
    const held = over.filter(({ delivery }) => delivery.actionId === actionId)
    const folding =
      (await openFold(tx, actionId)) ??
      (await createFold(
        tx,
        held.map(({ delivery }) => delivery),
      ))
    if (folding.isNew) changed.push(folding.id)
    await tx.query(
      `UPDATE deliveries SET status = 'suppressed', success = false, folded_into = $3, next_attempt_at = NULL,
              completed_at = date_trunc('milliseconds', now()), lease_token = NULL, lease_until = NULL,
              action_result = jsonb_build_object('foldedInto', $3::uuid, 'reason', over.reason)
         FROM unnest($1::uuid[], $2::text[]) AS over(id, reason) WHERE deliveries.id = over.id`,
      [held.map(({ delivery }) => delivery.id), held.map(({ reason }) => reason), folding.id],
    )
    changed.push(...held.map(({ delivery }) => delivery.id))
  }
  return changed
}

/** The folding message of an action that still waits for its minute to end. */
async function openFold(tx: Statements, actionId: string): Promise<{ id: string; isNew: boolean } | null> {
  const [open] = await tx.query<{ id: string }>(
    `SELECT id FROM deliveries WHERE action_id = $1 AND kind = 'fold' AND status = 'pending' AND attempt_count = 0
        AND lease_token IS NULL AND next_attempt_at > now() LIMIT 1`,
    [actionId],
  )
  return open ? { id: open.id, isNew: false } : null
}

async function createFold(tx: Statements, held: readonly Due[]): Promise<{ id: string; isNew: boolean }> {
  const first = held[0] as Due
  const [created] = await tx.query<{ id: string }>(
    `INSERT INTO deliveries (alert_id, rule_id, log_id, action_id, kind, triggered_at, next_attempt_at)
     VALUES ($1, $2, $3, $4, 'fold', date_trunc('milliseconds', now()), date_trunc('milliseconds', now()) + interval '1 minute')
     RETURNING id`,
    [first.alertId, first.ruleId, first.logId, first.actionId],
  )
  if (!created) throw new Error('the folding message was not stored')
  return { id: created.id, isNew: true }
}

type Leased = Due & { readonly leaseToken: string; readonly foldedCount: number }

async function lease(tx: Statements, send: readonly Due[]): Promise<Leased[]> {
  if (send.length === 0) return []
  const rows = await tx.query<{ id: string; token: string; foldedCount: string }>(
    `UPDATE deliveries d SET lease_token = gen_random_uuid(), lease_until = now() + interval '${LEASE_SECONDS} seconds'
      WHERE id = ANY($1)
     RETURNING id, lease_token AS token,
       CASE WHEN kind = 'fold' THEN (SELECT count(*) FROM deliveries f WHERE f.folded_into = d.id) ELSE 0 END AS "foldedCount"`,
    [send.map((delivery) => delivery.id)],
  )
  const held = new Map(rows.map((row) => [row.id, row]))
  return send.flatMap((delivery) => {
    const row = held.get(delivery.id)
    return row ? [{ ...delivery, leaseToken: row.token, foldedCount: Number(row.foldedCount) }] : []
  })
}

/** What was leased with all that a try tells of. It is read after the lock is free again: nothing of it decides who sends. */
async function asClaims(
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
    const { id, kind, failedTries, crashedTries, leaseToken, foldedCount } = delivery
    const action = actions.get(delivery.actionId)
    const rule = rules.get(delivery.ruleId)
    const alert = alerts.get(delivery.alertId)
    if (!action || !rule || !alert) return []
    const log = delivery.logId === null || kind === 'fold' ? null : (logs.get(delivery.logId) ?? null)
    return [{ id, kind, failedTries, crashedTries, leaseToken, foldedCount, action, rule, alert, log }]
  })
}
