import type { Alert } from '../alerts/alert.js'
import { ALERT_STATE, type AlertFilter, addAlertFilter } from './alert-filter.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { type Page, type PageRequest, byId, countRows, readPage } from './page.js'

const ALERTS = {
  table: 'alerts',
  order: 'triggered_at',
  columns: `id, rule_id AS "ruleId", log_id AS "logId", match_count AS "matchCount", ${ALERT_STATE} AS state,
    summary, reason, cause, triggered_at AS "triggeredAt"`,
}

/** What a rule has done so far. */
export interface RuleFirings {
  readonly ruleId: string
  readonly alertCount: number
  readonly lastFiredAt: Date
}

/** Of the alerts that a filter finds, those of one rule. */
export interface AlertsOfRule {
  readonly count: number
  readonly oldestAt: Date
  readonly newest: Alert
}

/** For so many rules at most alerts are counted at a time. */
const COUNTED_RULES = 200

/** An alert as one of a log's. */
export interface AlertOfLog extends Alert {
  readonly ofLogId: string
}

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

  /** Rule by rule, the one with the newest alert first. */
  async byRule(filter: AlertFilter): Promise<AlertsOfRule[]> {
    const where = conditionsOf(filter)
    const counted = `SELECT rule_id, count(*)::int AS count, min(triggered_at) AS oldest, max(triggered_at) AS latest
      FROM alerts${where.toSql()} GROUP BY rule_id ORDER BY latest DESC, rule_id LIMIT ${COUNTED_RULES}`
    where.and('rule_id = of_rule.rule_id')
    const rows = await this.statements.query<Omit<AlertsOfRule, 'newest'> & Alert>(
      `SELECT of_rule.count, of_rule.oldest AS "oldestAt", newest.*
         FROM (${counted}) of_rule
        CROSS JOIN LATERAL (SELECT ${ALERTS.columns} FROM alerts${where.toSql()}
                             ORDER BY triggered_at DESC, id DESC LIMIT 1) newest
        ORDER BY of_rule.latest DESC, of_rule.rule_id`,
      where.parameters,
    )
    return rows.map(({ count, oldestAt, ...newest }) => ({ count, oldestAt, newest }))
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

  /** The alerts that stand for these logs, oldest first. */
  ofLogs(logIds: readonly string[]): Promise<AlertOfLog[]> {
    return this.statements.query<AlertOfLog>(
      `SELECT of_log AS "ofLogId", ${ALERTS.columns}
         FROM (SELECT log_id, alert_id FROM alert_logs WHERE log_id = ANY($1::uuid[])) named(of_log, id)
         JOIN alerts USING (id) ORDER BY triggered_at, id`,
      [logIds],
    )
  }
}

function conditionsOf(filter: AlertFilter): Conditions {
  const where = new Conditions()
  addAlertFilter(filter, where)
  return where
}
