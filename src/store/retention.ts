import type { Database } from './database.js'

/** How long the feed is kept: how far back a subscription can resume. */
const FEED_DAYS = 7

/** Rows dropped in one statement: a long one would make an embedded database stand still. */
const AT_A_TIME = 5_000
/** Logs and alerts, which much else hangs on. */
const FEWER_AT_A_TIME = 500

/** How long what could not be worked is kept at least. */
const FAILED_DAYS = 30

/** Alerts that are old by $1 days. */
const OLD_ALERTS = `FROM alerts a
  WHERE triggered_at < now() - $1 * interval '1 day' AND resolves_at < now()
    AND NOT EXISTS (SELECT FROM deliveries d WHERE d.alert_id = a.id AND d.status = 'pending')`

/** For how many days what is kept; null = for ever. */
export interface RetentionSettings {
  readonly logsDays: number | null
  readonly alertsDays: number | null
  readonly receivedDays: number
}

/** Drops what is old: feed entries nobody can resume from, the sends that the limits no longer look at, and what the settings say. */
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly settings: RetentionSettings,
  ) {}

  async run(): Promise<void> {
    const { logsDays, alertsDays } = this.settings
    await this.database.query(`DELETE FROM sends WHERE at < now() - interval '2 minutes'`)
    while ((await this.dropFeed()) === AT_A_TIME);
    while ((await this.dropReceived()) === AT_A_TIME);
    if (alertsDays !== null) while ((await this.dropAlerts(alertsDays)) === FEWER_AT_A_TIME);
    if (logsDays !== null) {
      await this.dropOldLogs(logsDays)
      while ((await this.dropUnreadable(logsDays)) === AT_A_TIME);
    }
  }

  /** What still waits to be worked stays, however old. */
  private async dropReceived(): Promise<number> {
    const { receivedDays } = this.settings
    const dropped = await this.database.query(
      `DELETE FROM inbox WHERE id IN (
         SELECT id FROM inbox
          WHERE received_at < now() - $1 * interval '1 day' AND state <> 'pending'
            AND (state <> 'failed' OR received_at < now() - $2 * interval '1 day')
          ORDER BY received_at LIMIT ${AT_A_TIME})
       RETURNING id`,
      [receivedDays, Math.max(receivedDays, FAILED_DAYS)],
    )
    return dropped.length
  }

  /** What is still owed, or still stands, stays. The logs that an alert names come first: they may be very many. */
  private async dropAlerts(days: number): Promise<number> {
    const old = await this.database.query<{ id: string }>(
      `SELECT id ${OLD_ALERTS} ORDER BY triggered_at LIMIT ${FEWER_AT_A_TIME}`,
      [days],
    )
    if (old.length === 0) return 0
    const ids = old.map(({ id }) => id)
    while ((await this.dropLogsOf(ids)) === AT_A_TIME);
    await this.database.query(
      `WITH old AS (SELECT id ${OLD_ALERTS} AND id = ANY($2)),
       sent AS (DELETE FROM deliveries WHERE alert_id IN (SELECT id FROM old) RETURNING id),
       tried AS (DELETE FROM delivery_attempts WHERE delivery_id IN (SELECT id FROM sent))
       DELETE FROM alerts WHERE id IN (SELECT id FROM old)`,
      [days, ids],
    )
    return ids.length
  }

  private async dropLogsOf(alertIds: readonly string[]): Promise<number> {
    const dropped = await this.database.query(
      `DELETE FROM alert_logs WHERE (log_id, alert_id) IN (
         SELECT log_id, alert_id FROM alert_logs WHERE alert_id = ANY($1) LIMIT ${AT_A_TIME})
       RETURNING log_id`,
      [alertIds],
    )
    return dropped.length
  }

  /**
   * Notes first how far it will come, so that no poll stores again what is dropped beside it: an hour further than that, for a poll
   * that asked just before.
   */
  private async dropOldLogs(days: number): Promise<void> {
    await this.database.query(
      `UPDATE system_state SET logs_dropped_before = greatest(logs_dropped_before, now() - $1 * interval '1 day' + interval '1 hour')`,
      [days],
    )
    while ((await this.dropLogs(days)) === FEWER_AT_A_TIME);
    while ((await this.dropCounted(days)) === AT_A_TIME);
    while ((await this.dropEpisodes(days)) === AT_A_TIME);
  }

  /** What is not judged yet, still read again or still to be told of stays; alerts that opened at a log do too. */
  private async dropLogs(days: number): Promise<number> {
    const dropped = await this.database.query(
      `WITH old AS (
         SELECT id FROM logs
          WHERE timestamp < now() - $1 * interval '1 day'
            AND created_at < now() - interval '1 day' AND processed AND next_read_at IS NULL
            AND id NOT IN (SELECT log_id FROM deliveries WHERE status = 'pending' AND log_id IS NOT NULL)
          ORDER BY timestamp, id LIMIT ${FEWER_AT_A_TIME} FOR UPDATE SKIP LOCKED),
       passed AS (DELETE FROM log_transitions WHERE log_id IN (SELECT id FROM old)),
       judged AS (DELETE FROM rule_verdicts WHERE log_id IN (SELECT id FROM old)),
       named AS (DELETE FROM alert_logs WHERE log_id IN (SELECT id FROM old))
       DELETE FROM logs WHERE id IN (SELECT id FROM old) RETURNING id`,
      [days],
    )
    return dropped.length
  }

  /** What a threshold has counted says neither who nor what: it stays for as long as the rule's window may still reach it. */
  private async dropCounted(days: number): Promise<number> {
    const dropped = await this.database.query(
      `DELETE FROM threshold_matches WHERE (rule_id, log_id) IN (
         SELECT m.rule_id, m.log_id FROM rules r JOIN threshold_matches m ON m.rule_id = r.id
          WHERE m.log_timestamp < now() - greatest($1 * interval '1 day', r.threshold_window_minutes * interval '1 minute')
            AND NOT EXISTS (SELECT FROM logs WHERE id = m.log_id) LIMIT ${AT_A_TIME})
       RETURNING log_id`,
      [days],
    )
    return dropped.length
  }

  /** A stretch of time in which a threshold held goes once nothing that was counted in it is known any more, and no log may come near it. */
  private async dropEpisodes(days: number): Promise<number> {
    const dropped = await this.database.query(
      `DELETE FROM threshold_episodes WHERE id IN (
         SELECT e.id FROM threshold_episodes e
           JOIN rules r ON r.id = e.rule_id
          CROSS JOIN LATERAL (SELECT coalesce(r.threshold_window_minutes, 0) * interval '1 minute' AS width) w
          WHERE e.ends_at < now() - greatest($1 * interval '1 day', w.width) - w.width
            AND NOT EXISTS (SELECT FROM threshold_matches m
                             WHERE m.rule_id = e.rule_id AND m.log_timestamp BETWEEN e.starts_at AND e.ends_at)
          LIMIT ${AT_A_TIME})
       RETURNING id`,
      [days],
    )
    return dropped.length
  }

  /** Records that could not be stored as logs are kept as long as these. */
  private async dropUnreadable(days: number): Promise<number> {
    const dropped = await this.database.query(
      `DELETE FROM unreadable_records WHERE digest IN (
         SELECT digest FROM unreadable_records
          WHERE created_at < now() - $1 * interval '1 day' ORDER BY created_at LIMIT ${AT_A_TIME})
       RETURNING digest`,
      [days],
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
