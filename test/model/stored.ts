import type { Statements } from '../../src/store/database.js'
import type { Transition } from './reference.js'

/** What a test sees of the database, on a connection that nobody cuts. */
export class Stored {
  constructor(private readonly database: Statements) {}

  /** As new, but for the tables themselves. */
  async empty(): Promise<void> {
    await this.database.query(
      `TRUNCATE logs, log_transitions, rules, rule_verdicts, threshold_matches, threshold_episodes, alerts, alert_logs, actions,
                deliveries, delivery_attempts, sends, feed, inbox, poll_cursors, unreadable_records,
                suspected_transitions`,
    )
    await this.database.query(`UPDATE system_state SET rule_revision = rule_revision + 1`)
  }

  logs(): Promise<
    { sid: string; status: string | null; code: string | null; processed: boolean; backfilled: boolean }[]
  > {
    return this.database.query(
      `SELECT twilio_sid AS sid, status, error_code AS code, processed, backfilled FROM logs`,
    )
  }

  async transitions(): Promise<(Transition & { readonly judged: boolean })[]> {
    const rows = await this.database.query<Transition & { judged: boolean; id: string; at: Date }>(
      `SELECT t.id, l.twilio_sid AS sid, l.log_type AS "logType", l."timestamp" AS at, t.status, t.error_code AS "errorCode",
              t.error_message AS "errorMessage", t.first, t.completes, l.backfilled, t.judged
         FROM log_transitions t JOIN logs l ON l.id = t.log_id ORDER BY t.id`,
    )
    return rows.map((row) => ({ ...row, id: Number(row.id), time: row.at.getTime() }))
  }

  async lastTransition(): Promise<number> {
    const [row] = await this.database.query<{ id: string | null }>(
      'SELECT max(id) AS id FROM log_transitions',
    )
    return Number(row?.id ?? 0)
  }

  rules(): Promise<RuleRow[]> {
    return this.database.query(
      `SELECT id, enabled, deleted_at IS NOT NULL AS "isDeleted", log_type AS "logType", pattern_type AS "patternType",
              pattern_value AS "patternValue", threshold_count AS "count", threshold_window_minutes AS "windowMinutes",
              cooldown_minutes AS "cooldownMinutes", updated_at::text AS stamp,
              (SELECT count(*)::int FROM actions WHERE rule_id = rules.id) AS actions
         FROM rules ORDER BY created_at, id`,
    )
  }

  async alerts(): Promise<{ id: string; ruleId: string; transition: number; matches: number }[]> {
    const rows = await this.database.query<{
      id: string
      ruleId: string
      transition: string
      matches: number
    }>(
      `SELECT id, rule_id AS "ruleId", transition_id AS transition, match_count AS matches FROM alerts ORDER BY transition_id`,
    )
    return rows.map((row) => ({ ...row, transition: Number(row.transition) }))
  }

  deliveries(): Promise<DeliveryRow[]> {
    return this.database.query(
      `SELECT d.id, d.alert_id AS "alertId", d.rule_id AS "ruleId", d.status, d.kind = 'fold' AS "isFold", d.folded_into AS "foldedInto",
              (SELECT count(*)::int FROM delivery_attempts t WHERE t.delivery_id = d.id AND t.success) AS delivered,
              (SELECT count(*)::int FROM delivery_attempts t WHERE t.delivery_id = d.id AND t.error LIKE 'The process died%') AS died,
              (SELECT count(*)::int FROM delivery_attempts t WHERE t.delivery_id = d.id AND t.error = 'busy') AS busy,
              (SELECT count(*)::int FROM delivery_attempts t WHERE t.delivery_id = d.id AND t.error = 'gone') AS gone
         FROM deliveries d`,
    )
  }

  told(): Promise<{ kind: string; count: number; subjects: number }[]> {
    return this.database.query(
      `SELECT kind, count(*)::int AS count, count(DISTINCT subject_id)::int AS subjects FROM feed GROUP BY kind`,
    )
  }

  /** What is still to be worked, judged or sent. */
  async left(): Promise<number> {
    const [row] = await this.database.query<{ left: number }>(
      `SELECT (SELECT count(*) FROM inbox WHERE state = 'pending')::int + (SELECT count(*) FROM log_transitions WHERE NOT judged)::int +
              (SELECT count(*) FROM deliveries WHERE status = 'pending')::int AS left`,
    )
    return row?.left ?? 0
  }

  async isInboxDone(): Promise<boolean> {
    const rows = await this.database.query(`SELECT FROM inbox WHERE state <> 'done' LIMIT 1`)
    return rows.length === 0
  }

  /** As if every interval and every pause were over. */
  async letTimePass(): Promise<void> {
    await this.database.query(`UPDATE poll_cursors SET next_poll_at = now()`)
    await this.database.query(`UPDATE logs SET next_read_at = now() WHERE next_read_at IS NOT NULL`)
    await this.database.query(
      `UPDATE deliveries SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`,
    )
    await this.database.query(`UPDATE sends SET at = at - interval '1 minute'`)
    await this.database.query(`UPDATE inbox SET next_try_at = now() WHERE state = 'pending'`)
  }

  /** The leases on deliveries that somebody holds now. */
  async leases(): Promise<string[]> {
    const rows = await this.database.query<{ token: string }>(
      'SELECT lease_token AS token FROM deliveries WHERE lease_token IS NOT NULL',
    )
    return rows.map(({ token }) => token)
  }

  /** As if whoever held these deliveries had been dead for long, and whoever began to poll or to work what came in. */
  async expireLeases(deliveries: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE deliveries SET lease_until = now() - interval '1 second' WHERE lease_token = ANY($1)`,
      [deliveries],
    )
    for (const table of ['poll_cursors', 'inbox'])
      await this.database.query(
        `UPDATE ${table} SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`,
      )
  }

  /** Whether the server has noticed that connections of a process were broken: until then it may still finish what they asked. */
  async isQuiet(): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'wired'`,
    )
    return rows.length === 0
  }
}

export interface RuleRow {
  readonly id: string
  readonly enabled: boolean
  readonly isDeleted: boolean
  readonly logType: string | null
  readonly patternType: string
  readonly patternValue: string | null
  readonly count: number | null
  readonly windowMinutes: number | null
  readonly cooldownMinutes: number
  /** Another one after every write. */
  readonly stamp: string
  readonly actions: number
}

export interface DeliveryRow {
  readonly id: string
  readonly alertId: string
  readonly ruleId: string
  readonly status: string
  /** It stands for others, over the limit. */
  readonly isFold: boolean
  readonly foldedInto: string | null
  /** Tries by how they ended. */
  readonly delivered: number
  readonly died: number
  readonly busy: number
  readonly gone: number
}
