import type { ThresholdChange } from '../alerts/threshold-memory.js'
import type { Statements } from './database.js'

/** Writes what judging a batch changed in the windows of one rule. */
export async function saveThreshold(tx: Statements, change: ThresholdChange): Promise<void> {
  const { ruleId, counted, stretch, episodes, absorbed } = change
  if (counted.length > 0)
    await tx.query(
      `INSERT INTO threshold_matches (rule_id, log_id, log_timestamp)
       SELECT $1, * FROM unnest($2::uuid[], $3::timestamptz[]) ON CONFLICT DO NOTHING`,
      [ruleId, counted.map((log) => log.logId), counted.map((log) => new Date(log.time))],
    )
  if (stretch)
    await tx.query(`UPDATE rules SET counted_from = $2, counted_to = $3 WHERE id = $1`, [
      ruleId,
      new Date(stretch.from),
      new Date(stretch.to),
    ])
  if (absorbed.length > 0)
    await tx.query(`DELETE FROM threshold_episodes WHERE id = ANY($1)`, [
      absorbed.map((episode) => episode.id),
    ])
  if (episodes.length > 0)
    await tx.query(
      `INSERT INTO threshold_episodes (id, rule_id, starts_at, ends_at, holds_until, match_count, alerted_count, alert_id)
       SELECT e.id, $1, e.starts_at, e.ends_at, e.holds_until, e.match_count, e.alerted_count, e.alert_id
         FROM json_to_recordset($2::json) AS e(id uuid, starts_at timestamptz, ends_at timestamptz, holds_until timestamptz,
              match_count int, alerted_count int, alert_id uuid)
       ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
         holds_until = excluded.holds_until, match_count = excluded.match_count, alerted_count = excluded.alerted_count,
         alert_id = excluded.alert_id`,
      [ruleId, JSON.stringify(episodes.map(toColumns))],
    )
}

function toColumns(episode: ThresholdChange['episodes'][number]) {
  return {
    id: episode.id,
    starts_at: new Date(episode.from),
    ends_at: new Date(episode.to),
    holds_until: new Date(episode.holdsUntil),
    match_count: episode.matches,
    alerted_count: episode.alerted,
    alert_id: episode.alert?.id ?? null,
  }
}

/** Forgets everything counted: the rule looks for something else now, and counts anew when judging comes near. */
export async function forgetThreshold(tx: Statements, ruleId: string): Promise<void> {
  await tx.query(`DELETE FROM threshold_matches WHERE rule_id = $1`, [ruleId])
  await tx.query(`DELETE FROM threshold_episodes WHERE rule_id = $1`, [ruleId])
  await tx.query(`UPDATE rules SET counted_from = NULL, counted_to = NULL WHERE id = $1`, [ruleId])
}
