import { randomUUID } from 'node:crypto'
import { AlertReason } from '../alerts/alert.js'
import { PatternType } from '../rules/rule.js'
import type { Standing, StandingAlert, SystemDecision } from '../watch/decide-system-alerts.js'
import { isNothing, type SystemAlertStore } from '../watch/system-watch.js'
import type { Database, Statements } from './database.js'
import { feedHead, tellFeed } from './feed-writes.js'

const OWE = `INSERT INTO deliveries (alert_id, rule_id, action_id, kind, triggered_at, next_attempt_at)
  SELECT a.id, a.rule_id, x.id, $2::text, date_trunc('milliseconds', now()), date_trunc('milliseconds', now())
    FROM alerts a JOIN actions x ON x.rule_id = a.rule_id AND x.enabled AND x.deleted_at IS NULL
   WHERE a.id = ANY($1) RETURNING id`

/** Alerts about GiftPulse itself: ordinary ones, with no log, that resolve when their trouble is over. */
export class PostgresSystemAlerts implements SystemAlertStore {
  constructor(private readonly database: Database) {}

  standing(): Promise<Standing> {
    return readStanding(this.database)
  }

  write(decide: (standing: Standing) => SystemDecision): Promise<number | null> {
    return this.database.underJudgeLock(async (tx) => {
      const decision = decide(await readStanding(tx))
      if (isNothing(decision)) return null
      await open(tx, decision.open)
      await end(tx, [...decision.resolve, ...decision.drop])
      await owe(tx, alertIdsOf(decision.resolve), 'resolve')
      return feedHead(tx)
    })
  }
}

async function readStanding(statements: Statements): Promise<Standing> {
  return {
    rules: await statements.query(
      `SELECT id, name, pattern_value AS "patternValue" FROM rules
        WHERE pattern_type = $1 AND enabled AND deleted_at IS NULL ORDER BY created_at, id`,
      [PatternType.SYSTEM],
    ),
    alerts: await statements.query(
      `SELECT rule_id AS "ruleId", account_sid AS subject, alert_id AS "alertId" FROM system_alerts`,
    ),
  }
}

async function open(tx: Statements, opening: SystemDecision['open']): Promise<void> {
  if (opening.length === 0) return
  const alerts = opening.map((alert) => ({ ...alert, id: randomUUID() }))
  const given = JSON.stringify(alerts)
  const columns = `json_to_recordset($1::json) AS a("id" uuid, "ruleId" uuid, "subject" text, "summary" text, "cause" text)`
  await tx.query(
    `INSERT INTO alerts (id, rule_id, summary, reason, cause, triggered_at, resolves_at)
     SELECT "id", "ruleId", "summary", $2::text, "cause", date_trunc('milliseconds', now()), 'infinity' FROM ${columns}`,
    [given, AlertReason.STARTED_TO_MATCH],
  )
  await tx.query(
    `INSERT INTO system_alerts (rule_id, account_sid, alert_id) SELECT "ruleId", "subject", "id" FROM ${columns}`,
    [given],
  )
  const ids = alerts.map(({ id }) => id)
  await tellFeed(tx, 'alert_triggered', ids)
  await owe(tx, ids, 'alert')
}

async function end(tx: Statements, alerts: readonly StandingAlert[]): Promise<void> {
  if (alerts.length === 0) return
  const ids = alertIdsOf(alerts)
  await tx.query(`UPDATE alerts SET resolves_at = now() WHERE id = ANY($1)`, [ids])
  await tx.query(`DELETE FROM system_alerts WHERE alert_id = ANY($1)`, [ids])
}

async function owe(tx: Statements, alertIds: readonly string[], kind: 'alert' | 'resolve'): Promise<void> {
  if (alertIds.length === 0) return
  const owed = await tx.query<{ id: string }>(OWE, [alertIds, kind])
  await tellFeed(
    tx,
    'delivery_changed',
    owed.map(({ id }) => id),
  )
}

function alertIdsOf(alerts: readonly StandingAlert[]): string[] {
  return alerts.map(({ alertId }) => alertId)
}
