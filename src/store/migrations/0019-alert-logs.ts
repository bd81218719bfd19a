import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * For which logs an alert stands. Of the alerts that are there it is known where they opened, and what thresholds have counted as they
 * stand: there each alert gets what was counted from its opening to the next of its episode, the first also what its window held.
 */
export class AlertLogs1763880000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE alert_logs (
         log_id uuid NOT NULL,
         alert_id uuid NOT NULL,
         log_timestamp timestamptz NOT NULL,
         CONSTRAINT "PK_1c60ed1343b6bb67f4d8fe2f5e9" PRIMARY KEY (log_id, alert_id)
       )`,
    )
    await runner.query(
      `INSERT INTO alert_logs (log_id, alert_id, log_timestamp)
       SELECT l.id, a.id, coalesce(m.log_timestamp, l."timestamp")
         FROM alerts a JOIN logs l ON l.id = a.log_id
         LEFT JOIN threshold_matches m ON m.rule_id = a.rule_id AND m.log_id = a.log_id`,
    )
    await runner.query(
      `WITH openings AS (
         SELECT a.id, a.rule_id, m.log_timestamp AS at, r.threshold_window_minutes * interval '1 minute' AS width,
                e.id AS episode, e.starts_at, e.ends_at
           FROM alerts a
           JOIN rules r ON r.id = a.rule_id
           JOIN threshold_matches m ON m.rule_id = a.rule_id AND m.log_id = a.log_id
          CROSS JOIN LATERAL (SELECT * FROM threshold_episodes
                               WHERE rule_id = a.rule_id AND ends_at >= m.log_timestamp ORDER BY ends_at LIMIT 1) e
          WHERE e.starts_at <= m.log_timestamp),
       stretches AS (
         SELECT id, rule_id,
                CASE WHEN lag(at) OVER in_turn IS NULL THEN greatest(starts_at, at - width) ELSE at END AS since,
                coalesce(lead(at) OVER in_turn, ends_at + interval '1 microsecond') AS until
           FROM openings WINDOW in_turn AS (PARTITION BY episode ORDER BY at, id))
       INSERT INTO alert_logs (log_id, alert_id, log_timestamp)
       SELECT m.log_id, s.id, m.log_timestamp
         FROM stretches s
         JOIN threshold_matches m ON m.rule_id = s.rule_id AND m.log_timestamp >= s.since AND m.log_timestamp < s.until
         JOIN logs l ON l.id = m.log_id
       ON CONFLICT DO NOTHING`,
    )
    await runner.query(
      `CREATE INDEX "IDX_eda31669295901f0525ce1943e" ON alert_logs (alert_id, log_timestamp, log_id)`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE alert_logs`)
  }
}
