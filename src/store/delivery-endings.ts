import type { Claim, Ending } from '../actions/delivery-store.js'
import type { Database, Statements } from './database.js'
import { isDatabaseAway } from './database-away.js'
import { unfold } from './delivery-folding.js'
import { DISABLED } from './due-delivery.js'
import { noteTries } from './failing-actions.js'
import { feedHead, tellFeed } from './feed-writes.js'

interface Ended {
  readonly claim: Claim
  readonly attemptId: string
  readonly ending: Ending
}

interface Waiting extends Ended {
  resolve(upTo: number | null): void
  reject(failure: unknown): void
}

/**
 * Records how tries ended, under the judge's lock. What ends while one waits for the lock is recorded in the same transaction: in a
 * storm judging and sending take turns, and sending must not need a turn for each delivery.
 */
export class DeliveryEndings {
  private waiting: Waiting[] = []

  constructor(private readonly database: Database) {}

  /** Answers the feed's head; null where somebody else holds the delivery by now. */
  record(ended: Ended): Promise<number | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...ended, resolve, reject })
      if (this.waiting.length === 1) void this.recordWaiting()
    })
  }

  private async recordWaiting(): Promise<void> {
    const batch: Waiting[] = []
    try {
      const { recorded, upTo } = await this.database.underJudgeLock((tx) => {
        // Added to what it has: after a deadlock this runs again.
        batch.push(...this.takeWaiting())
        return recordAll(tx, batch)
      })
      for (const { claim, resolve } of batch) resolve(recorded.has(claim.id) ? upTo : null)
    } catch (failure) {
      if (batch.length === 0) batch.push(...this.takeWaiting())
      if (batch.length === 1 || isDatabaseAway(failure)) for (const { reject } of batch) reject(failure)
      else await Promise.all(batch.map((one) => this.recordAlone(one)))
    }
  }

  /** One that cannot be recorded must not keep others from it. */
  private async recordAlone(one: Waiting): Promise<void> {
    try {
      const { recorded, upTo } = await this.database.underJudgeLock((tx) => recordAll(tx, [one]))
      one.resolve(recorded.has(one.claim.id) ? upTo : null)
    } catch (failure) {
      one.reject(failure)
    }
  }

  private takeWaiting(): Waiting[] {
    return this.waiting.splice(0)
  }
}

async function recordAll(
  tx: Statements,
  batch: readonly Ended[],
): Promise<{ recorded: ReadonlySet<string>; upTo: number }> {
  const rows = await tx.query<{ id: string; status: string }>(
    `UPDATE deliveries d SET
            status = CASE WHEN e.success THEN 'delivered' WHEN e.is_last THEN 'failed' WHEN e.is_live THEN 'pending' ELSE 'suppressed' END,
            success = CASE WHEN e.success THEN true WHEN e.is_last OR NOT e.is_live THEN false END,
            action_result = CASE WHEN e.is_last OR e.is_live THEN e.result ELSE e.result || jsonb_build_object('reason', $7::text) END,
            attempt_count = attempt_count + 1, failed_tries = failed_tries + CASE WHEN e.success THEN 0 ELSE 1 END,
            crashed_tries = 0,
            next_attempt_at = CASE WHEN e.is_last OR NOT e.is_live THEN NULL
                                   ELSE date_trunc('milliseconds', now()) + e.retry_in_ms * interval '1 millisecond' END,
            completed_at = CASE WHEN e.is_last OR NOT e.is_live THEN date_trunc('milliseconds', now()) END,
            lease_token = NULL, lease_until = NULL
       FROM (SELECT ended.*, r.enabled AND r.deleted_at IS NULL AND a.enabled AND a.deleted_at IS NULL AS is_live
               FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::boolean[], $5::jsonb[], $6::float8[])
                      AS ended(id, lease_token, success, is_last, result, retry_in_ms)
               JOIN deliveries own USING (id, lease_token) JOIN rules r ON r.id = own.rule_id JOIN actions a ON a.id = own.action_id
              ORDER BY id FOR UPDATE OF own) e
      WHERE d.id = e.id AND d.lease_token = e.lease_token RETURNING d.id, d.status`,
    [
      batch.map(({ claim }) => claim.id),
      batch.map(({ claim }) => claim.leaseToken),
      batch.map(({ ending }) => ending.success),
      batch.map(({ ending }) => ending.success || ending.retryInMs === null),
      batch.map(({ ending }) => JSON.stringify(ending.result)),
      batch.map(({ ending }) => ending.retryInMs ?? 0),
      DISABLED,
    ],
  )
  const recorded = new Set(rows.map(({ id }) => id))
  const held = batch.filter(({ claim }) => recorded.has(claim.id))
  await endAttempts(tx, held)
  await noteTries(
    tx,
    held.map(({ claim, ending }) => ({ actionId: claim.action.id, success: ending.success })),
  )
  const unsent = rows
    .filter(({ status }) => status === 'suppressed' || status === 'failed')
    .map(({ id }) => id)
  const upTo = await tellFeed(tx, 'delivery_changed', [...recorded, ...(await unfold(tx, unsent))])
  return { recorded, upTo: upTo ?? (await feedHead(tx)) }
}

async function endAttempts(tx: Statements, ended: readonly Ended[]): Promise<void> {
  await tx.query(
    `UPDATE delivery_attempts t SET ended_at = now(), success = e.success, duration_ms = e.duration_ms,
            status_code = e.status_code, error = e.error, response = e.response
       FROM unnest($1::bigint[], $2::boolean[], $3::int[], $4::int[], $5::text[], $6::text[])
              AS e(id, success, duration_ms, status_code, error, response)
      WHERE t.id = e.id AND t.ended_at IS NULL`,
    [
      ended.map(({ attemptId }) => attemptId),
      ended.map(({ ending }) => ending.success),
      ended.map(({ ending }) => ending.durationMs),
      ended.map(({ ending }) => ending.statusCode),
      ended.map(({ ending }) => ending.error),
      ended.map(({ ending }) => ending.response),
    ],
  )
}
