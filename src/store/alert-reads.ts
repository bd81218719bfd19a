import type { Alert } from '../alerts/alert.js'
import { PatternType } from '../rules/rule.js'
import { ALERT_STATE, type AlertFilter, addAlertFilter } from './alert-filter.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { type Page, type PageRequest, byId, countRows, readPage } from './page.js'

const ALERTS = {
  table: 'alerts',
  order: 'triggered_at',
  columns: `id, rule_id AS "ruleId", log_id AS "logId", match_count AS "matchCount", ${ALERT_STATE} AS state,
    summary, triggered_at AS "triggeredAt"`,
}

/** What a rule has done so far. */
export interface RuleFirings {
  readonly ruleId: string
  readonly alertCount: number
  readonly lastFiredAt: Date
}

/** An alert as one of a log's. */
export interface AlertOfLog extends Alert {
  readonly ofLogId: string
}

/**
 * Of the rule `r`, the alert that the counted log `m` joined: the last of its episode that opened no later, by the time of the logs, or
 * the first of them where it only helped to open that. Looked for near its time by the clock: alerts open after what they are about.
 */
const ALERT_OF_COUNTED = `
  SELECT near.id
    FROM (SELECT starts_at, ends_at FROM threshold_episodes
           WHERE rule_id = r.id AND ends_at >= m.log_timestamp ORDER BY ends_at LIMIT 1) episode
    CROSS JOIN LATERAL (
      (SELECT id, log_id FROM alerts WHERE rule_id = r.id AND triggered_at >= m.log_timestamp
        ORDER BY triggered_at, id LIMIT 3)
      UNION ALL (SELECT id, log_id FROM alerts WHERE rule_id = r.id AND triggered_at < m.log_timestamp
        ORDER BY triggered_at DESC, id DESC LIMIT 1)) near
    JOIN threshold_matches opening ON opening.rule_id = r.id AND opening.log_id = near.log_id
   WHERE m.log_timestamp >= episode.starts_at AND opening.log_timestamp BETWEEN episode.starts_at AND episode.ends_at
   ORDER BY opening.log_timestamp > m.log_timestamp, greatest(opening.log_timestamp, m.log_timestamp) - least(opening.log_timestamp, m.log_timestamp)
   LIMIT 1`

/** Reads alerts as plain rows, their state by the database clock. */
export class AlertReads {
  constructor(private readonly statements: Statements) {}

  /** Newest first by `triggeredAt`. */
  page(filter: AlertFilter, request: PageRequest): Promise<Page<Alert>> {
    return readPage<Alert>(this.statements, ALERTS, conditionsOf(filter), request)
  }

  /** Exact up to 10,000; 10,001 means more. */
  count(filter: AlertFilter): Promise<number> {
    return countRows(this.statements, ALERTS.table, conditionsOf(filter))
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Alert>> {
    return byId(
      await this.statements.query<Alert>(`SELECT ${ALERTS.columns} FROM alerts WHERE id = ANY($1::uuid[])`, [
        ids,
      ]),
    )
  }

  /** How often each rule fired, and when it last did; rules that never did are left out. */
  firingsOf(ruleIds: readonly string[]): Promise<RuleFirings[]> {
    return this.statements.query<RuleFirings>(
      `SELECT rule_id AS "ruleId", count(*)::int AS "alertCount", max(triggered_at) AS "lastFiredAt"
         FROM alerts WHERE rule_id = ANY($1::uuid[]) GROUP BY rule_id`,
      [ruleIds],
    )
  }

  /**
   * The alerts of these logs, oldest first: those that opened at them, and of each threshold that counted them the one that they joined
   * or helped to open. An episode holds nothing but logs of its own; several alerts share one where a cooldown was over.
   * `OFFSET 0` has each threshold asked by its index: what all of them counted may be longer than the logs.
   */
  ofLogs(logIds: readonly string[]): Promise<AlertOfLog[]> {
    return this.statements.query<AlertOfLog>(
      `SELECT of_log AS "ofLogId", ${ALERTS.columns}
         FROM (SELECT log_id, id FROM alerts WHERE log_id = ANY($1::uuid[])
               UNION SELECT m.log_id, a.id
                       FROM rules r
                      CROSS JOIN LATERAL (SELECT log_id, log_timestamp FROM threshold_matches
                                           WHERE rule_id = r.id AND log_id = ANY($1::uuid[]) OFFSET 0) m
                      CROSS JOIN LATERAL (${ALERT_OF_COUNTED}) a
                      WHERE r.pattern_type = $2) related(of_log, id)
         JOIN alerts USING (id) ORDER BY triggered_at, id`,
      [logIds, PatternType.THRESHOLD],
    )
  }
}

function conditionsOf(filter: AlertFilter): Conditions {
  const where = new Conditions()
  addAlertFilter(filter, where)
  return where
}
