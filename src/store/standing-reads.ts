import type { Standing } from '../metrics/metrics.js'
import type { Statements } from './database.js'

/** Read at each scrape, so it is one statement over indexes that are there anyway. */
export async function readStanding(statements: Statements): Promise<Standing> {
  const [row] = await statements.query<Standing>(
    `SELECT coalesce((SELECT json_agg(json_build_object('accountSid', account_sid, 'source', source,
                'at', coalesce(extract(epoch FROM last_success_at), 0)) ORDER BY account_sid, source)
               FROM poll_cursors JOIN accounts ON sid = account_sid AND watched), '[]') AS "lastSuccessfulPolls",
            coalesce((SELECT greatest(0, extract(epoch FROM now() - min(next_attempt_at)))
               FROM deliveries WHERE status = 'pending'), 0)::float8 AS "oldestDueSeconds",
            (SELECT count(*) FROM (SELECT 1 FROM log_transitions WHERE NOT judged LIMIT 100000) AS waiting)::int AS "unjudged"`,
  )
  return row!
}
