import type { Database } from './database.js'

/** How long the feed is kept: how far back a subscription can resume. */
const FEED_DAYS = 7

/** Rows dropped in one statement: a long one would make an embedded database stand still. */
const AT_A_TIME = 5_000

/** How long received webhooks are kept for a replay, and what could not be worked. */
const INBOX_DAYS = 7
const FAILED_DAYS = 30

/** Drops what is old: feed entries nobody can resume from, webhooks long worked, and the sends that the limits no longer look at. */
export class Retention {
  constructor(private readonly database: Database) {}

  async run(): Promise<void> {
    await this.database.query(`DELETE FROM sends WHERE at < now() - interval '2 minutes'`)
    while ((await this.dropFeed()) === AT_A_TIME);
    while ((await this.dropReceived()) === AT_A_TIME);
  }

  /** What still waits to be worked stays, however old. */
  private async dropReceived(): Promise<number> {
    const dropped = await this.database.query(
      `DELETE FROM inbox WHERE id IN (
         SELECT id FROM inbox
          WHERE received_at < now() - interval '${INBOX_DAYS} days' AND state <> 'pending'
            AND (state <> 'failed' OR received_at < now() - interval '${FAILED_DAYS} days')
          ORDER BY received_at LIMIT ${AT_A_TIME})
       RETURNING id`,
    )
    return dropped.length
  }

  private async dropFeed(): Promise<number> {
    const [dropped] = await this.database.query<{ dropped: string }>(
      `WITH old AS (
         DELETE FROM feed WHERE position IN (
           SELECT position FROM feed WHERE at < now() - interval '${FEED_DAYS} days' ORDER BY position LIMIT ${AT_A_TIME})
         RETURNING position),
       floor AS (
         UPDATE system_state SET feed_floor = greatest(feed_floor, (SELECT max(position) FROM old)) WHERE EXISTS (SELECT FROM old))
       SELECT count(*) AS dropped FROM old`,
    )
    return Number(dropped?.dropped ?? 0)
  }
}
