import { randomUUID } from 'node:crypto'
import type { SourceName } from '../sources/log.js'
import {
  CLAIMS_PER_ACCOUNT,
  LEASE_SECONDS,
  type PollClaim,
  type PollCursor,
  type PollFailure,
  type PollStore,
  type Postponed,
  type Suspects,
  type Unfinished,
} from '../sources/poll-store.js'
import type { Database } from './database.js'
import { isDataRefused } from './refused-data.js'

/** The log types that each source brings: what `unfinished` reads again is found by them. */
const typesOf: Readonly<Record<SourceName, readonly string[]>> = {
  calls: ['call'],
  messages: ['message'],
  alerts: [],
}

/** Counts a death where `died` holds: whatever was in hand is suspected, and one that was so alone all the more. */
const afterDeath = (died: string) => `deaths = deaths + (${died})::int, in_hand = '[]',
  suspects = CASE WHEN ${died} THEN suspects || (
    SELECT coalesce(jsonb_object_agg(sid, coalesce((suspects ->> sid)::int, 0) + (jsonb_array_length(in_hand) = 1)::int), '{}')
      FROM jsonb_array_elements_text(in_hand) AS sid) ELSE suspects END`

/** Poll cursors and their leases on Postgres. */
export class PostgresPollStore implements PollStore {
  /**
   * @param earlyMs how much too early a source counts as due, in milliseconds: a scheduler that ticks a moment before the interval
   *   is over must not make it wait for a whole one more.
   */
  constructor(
    private readonly database: Database,
    private readonly earlyMs: number,
  ) {}

  /**
   * Makes the cursors of an account that is watched for the first time. A cursor of an earlier start, which may have had a longer
   * interval, is due within this one; where its source fails, within the ten that a failing one waits at most.
   */
  async prepare(accountSid: string, sources: readonly SourceName[], intervalSeconds: number): Promise<void> {
    await this.database.query(
      `INSERT INTO poll_cursors (account_sid, source) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
      [accountSid, sources],
    )
    await this.database.query(
      `UPDATE poll_cursors SET next_poll_at = least(next_poll_at,
              now() + $2 * interval '1 second' * CASE WHEN failures > 0 THEN 10 ELSE 1 END) WHERE account_sid = $1`,
      [accountSid, intervalSeconds],
    )
  }

  async claim(
    accountSid: string,
    source: SourceName,
    { force }: { readonly force: boolean },
  ): Promise<PollClaim | null> {
    if (!force && !(await this.isDue(accountSid, source))) return null
    const token = randomUUID()
    const row = await this.database.transaction(async (tx) => {
      // Leases of one account are counted and taken by one process at a time.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`poll ${accountSid}`])
      const [claimed] = await tx.query<PollCursor & { dbNow: Date }>(
        `UPDATE poll_cursors c SET lease_token = $3, lease_until = now() + interval '${LEASE_SECONDS} seconds',
                ${afterDeath('lease_token IS NOT NULL')}
          WHERE account_sid = $1 AND source = $2 AND (lease_until IS NULL OR lease_until < now())
            AND ($4 OR next_poll_at <= now() + $5 * interval '1 millisecond')
            AND (SELECT count(*) FROM poll_cursors o WHERE o.account_sid = $1 AND o.lease_until > now()) < ${CLAIMS_PER_ACCOUNT}
        RETURNING first_read_at AS "firstReadAt", first_sweep_done AS "firstSweepDone",
                  last_sweep_started_at AS "lastSweepStartedAt", failures, deaths, suspects, set_aside AS "setAside",
                  now() AS "dbNow"`,
        [accountSid, source, token, force, this.earlyMs],
      )
      return claimed
    })
    if (!row) return null
    const { dbNow, ...cursor } = row
    return { accountSid, source, token, cursor, dbNow }
  }

  async renew(claim: PollClaim): Promise<boolean> {
    return this.update(claim, `lease_until = now() + interval '${LEASE_SECONDS} seconds'`, [])
  }

  async noteFirstRead(claim: PollClaim, at: Date | null): Promise<void> {
    await this.update(claim, `first_read_at = $4`, [at])
  }

  async noteInHand(claim: PollClaim, twilioSids: readonly string[], suspects: Suspects): Promise<void> {
    await this.update(claim, `in_hand = $4, suspects = $5`, [
      JSON.stringify(twilioSids),
      JSON.stringify(suspects),
    ])
  }

  async setAside(claim: PollClaim, twilioSid: string): Promise<void> {
    await this.update(claim, `set_aside = set_aside || to_jsonb($4::text)`, [twilioSid])
  }

  refusesData(failure: unknown): boolean {
    return isDataRefused(failure)
  }

  async succeed(
    claim: PollClaim,
    { sweepStartedAt, nextPollAt }: { readonly sweepStartedAt: Date; readonly nextPollAt: Date },
  ): Promise<void> {
    await this.update(
      claim,
      `first_sweep_done = true, last_sweep_started_at = $4, last_success_at = now(), failures = 0, error = NULL, error_kind = NULL,
       deaths = 0, suspects = '{}', in_hand = '[]', next_poll_at = $5, lease_token = NULL, lease_until = NULL`,
      [sweepStartedAt, nextPollAt],
    )
  }

  async fail(claim: PollClaim, failure: PollFailure): Promise<void> {
    await this.update(
      claim,
      `error = $4, error_kind = $8, failures = $5, next_poll_at = $6, first_sweep_done = first_sweep_done OR $7::timestamptz IS NOT NULL,
       last_sweep_started_at = coalesce($7, last_sweep_started_at), in_hand = '[]', lease_token = NULL, lease_until = NULL`,
      [failure.error, failure.failures, failure.nextPollAt, failure.sweepStartedAt, failure.kind],
    )
  }

  async release(claim: PollClaim): Promise<void> {
    await this.update(claim, `in_hand = '[]', lease_token = NULL, lease_until = NULL`, [])
  }

  unfinished(accountSid: string, source: SourceName, limit: number): Promise<Unfinished[]> {
    return this.database.query(
      `SELECT twilio_sid AS "twilioSid", log_type AS "logType", status, whole AS "isWhole",
              unfinished_since AS "unfinishedSince", updated_at AS "lastChangeAt"
         FROM logs
        WHERE next_read_at <= now() AND account_sid = $1 AND log_type = ANY($2) ORDER BY next_read_at LIMIT $3`,
      [accountSid, typesOf[source], limit],
    )
  }

  async settle(accountSid: string, twilioSids: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE logs SET next_read_at = NULL, unfinished_since = NULL WHERE account_sid = $1 AND twilio_sid = ANY($2)`,
      [accountSid, twilioSids],
    )
  }

  async postpone(accountSid: string, postponed: readonly Postponed[]): Promise<void> {
    await this.database.query(
      `UPDATE logs SET next_read_at = later.at
         FROM unnest($2::text[], $3::timestamptz[]) AS later(sid, at)
        WHERE logs.twilio_sid = later.sid AND account_sid = $1 AND next_read_at <= now()`,
      [accountSid, postponed.map((log) => log.twilioSid), postponed.map((log) => log.nextReadAt)],
    )
  }

  /** Frees every lease: for an embedded database, whose only other user was a process that is gone. */
  async freeAll(): Promise<void> {
    await this.database.query(
      `UPDATE poll_cursors SET ${afterDeath('true')}, lease_token = NULL, lease_until = NULL WHERE lease_token IS NOT NULL`,
    )
  }

  private async isDue(accountSid: string, source: SourceName): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT FROM poll_cursors WHERE account_sid = $1 AND source = $2 AND next_poll_at <= now() + $3 * interval '1 millisecond'
          AND (lease_until IS NULL OR lease_until < now())`,
      [accountSid, source, this.earlyMs],
    )
    return rows.length > 0
  }

  /** Writes for a claim as long as it is held. Answers whether it was. */
  private async update(claim: PollClaim, set: string, parameters: readonly unknown[]): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE poll_cursors SET ${set} WHERE account_sid = $1 AND source = $2 AND lease_token = $3 RETURNING source`,
      [claim.accountSid, claim.source, claim.token, ...parameters],
    )
    return rows.length > 0
  }
}
