import type { Settled } from '../alerts/settle.js'
import type { Statements } from './database.js'

/** Notes for which logs alerts stand. Of those that come with another one from a stretch, each stays with the alert that it has. */
export async function keepLogsOfAlerts(
  tx: Statements,
  { logs, stretches }: Pick<Settled, 'logs' | 'stretches'>,
): Promise<void> {
  if (logs.length === 0) return
  await tx.query(
    `INSERT INTO alert_logs (alert_id, log_id, log_timestamp)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) ON CONFLICT DO NOTHING`,
    [logs.map((log) => log.alertId), logs.map((log) => log.logId), logs.map((log) => new Date(log.time))],
  )
  if (stretches.length === 0) return
  await tx.query(
    `INSERT INTO alert_logs (alert_id, log_id, log_timestamp)
     SELECT DISTINCT ON (s.rule_id, m.log_id) s.alert_id, m.log_id, m.log_timestamp
       FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY AS s(alert_id, rule_id, since, until, place)
       JOIN threshold_matches m ON m.rule_id = s.rule_id AND m.log_timestamp BETWEEN s.since AND s.until
      WHERE NOT EXISTS (SELECT FROM alert_logs k JOIN alerts a ON a.id = k.alert_id
                         WHERE k.log_id = m.log_id AND a.rule_id = s.rule_id)
      ORDER BY s.rule_id, m.log_id, s.place`,
    [
      stretches.map((stretch) => stretch.alertId),
      stretches.map((stretch) => stretch.ruleId),
      stretches.map((stretch) => new Date(stretch.from)),
      stretches.map((stretch) => new Date(stretch.to)),
    ],
  )
}
