import { StartError } from '../errors.js'
import type { PolledSource } from '../sources/source-health.js'
import type { Database } from './database.js'

/** This database holds records of the other kind: demo and real ones never mix. */
export class AccountMixError extends StartError {
  override readonly name = 'AccountMixError'
  readonly code = 'account-mix'
}

/** The accounts that this database has watched. */
export class AccountStore {
  constructor(private readonly database: Database) {}

  /** Notes an account. Throws `AccountMixError` where the database has held the demo and this is a real one, or the other way round. */
  async admit(sid: string, { demo }: { readonly demo: boolean }): Promise<void> {
    const others = await this.database.query<{ sid: string }>(
      `SELECT sid FROM accounts WHERE demo <> $1 LIMIT 1`,
      [demo],
    )
    if (others.length > 0)
      throw new AccountMixError(
        demo
          ? 'This database holds the records of a real account: the demo does not start on it. Give the demo a database of its own.'
          : 'This database has held the demo account: it does not take real credentials. Give the real account a new database.',
      )
    await this.database.query(`INSERT INTO accounts (sid, demo) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      sid,
      demo,
    ])
  }

  /** Says which accounts the workers poll from now on. */
  async watchOnly(sids: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE accounts SET watched_at = CASE WHEN watched THEN watched_at END, watched = (sid = ANY($1))`,
      [sids],
    )
  }

  /** Says that a worker watches now. Of a longer gap than that nobody can be blamed: lists get their time anew. */
  async noteWatching({ gapSeconds }: { readonly gapSeconds: number }): Promise<void> {
    await this.database.query(
      `UPDATE accounts SET watched_at = now(),
              watched_since = CASE WHEN watched_at > now() - $1 * interval '1 second' THEN watched_since ELSE now() END
        WHERE watched`,
      [gapSeconds],
    )
  }

  /** True once for each account: whoever gets it plants the demo rules. */
  async takeSeeding(sid: string): Promise<boolean> {
    const taken = await this.database.query(
      `UPDATE accounts SET seeded_at = now() WHERE sid = $1 AND seeded_at IS NULL RETURNING sid`,
      [sid],
    )
    return taken.length > 0
  }

  /** How each list of each watched account is read, by the database's clock. */
  sources(): Promise<PolledSource[]> {
    return this.database.query(
      `SELECT account_sid AS "accountSid", source, last_success_at AS "lastSuccessAt",
              extract(epoch FROM now() - last_success_at)::int AS "lagSeconds", error, error_kind AS "errorKind", failures,
              extract(epoch FROM next_poll_at - now())::int AS "dueInSeconds",
              coalesce(extract(epoch FROM now() - watched_since)::int, 0) AS "watchedForSeconds"
         FROM poll_cursors JOIN accounts ON sid = account_sid AND watched ORDER BY account_sid, source`,
    )
  }
}
