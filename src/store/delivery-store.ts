import type { Claim, Claimed, ClaimRequest, DeliveryStore, Ending } from '../actions/delivery-store.js'
import type { Database } from './database.js'
import { isDatabaseAway } from './database-away.js'
import { asClaims, claimUnderLock } from './delivery-claims.js'
import { DeliveryEndings } from './delivery-endings.js'
import { DUE, LEASE_SECONDS, LOOK_AT } from './due-delivery.js'

/** Deliveries, attempts and leases on Postgres. */
export class PostgresDeliveryStore implements DeliveryStore {
  private readonly endings: DeliveryEndings

  constructor(private readonly database: Database) {
    this.endings = new DeliveryEndings(database)
  }

  async claim(request: ClaimRequest): Promise<Claimed> {
    const [due] = await this.database.query<{ waits: boolean }>(
      `SELECT EXISTS (SELECT FROM deliveries WHERE ${DUE}) AS waits`,
      [request.busyActionIds, request.heldTokens],
    )
    if (!due?.waits) return { claims: [], loneWaits: false, more: false, givenUp: [], upTo: null }
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
    return this.endings.record({ claim, attemptId, ending })
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
      // In the order in which ends are recorded, or the two would lock each other out.
      `WITH mine AS (SELECT id, lease_token FROM deliveries WHERE lease_token = ANY($1) ORDER BY id FOR UPDATE)
       UPDATE deliveries d SET lease_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
         FROM mine WHERE d.id = mine.id AND d.lease_token = mine.lease_token RETURNING d.lease_token AS token`,
      [leaseTokens],
    )
    return new Set(held.map((row) => row.token))
  }

  isAway(failure: unknown): boolean {
    return isDatabaseAway(failure)
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
