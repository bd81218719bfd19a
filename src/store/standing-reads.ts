import type { Standing } from '../metrics/metrics.js'
import type { Statements } from './database.js'
import { OF_LIVE_RULES } from './failing-actions.js'

/**
 * A rule that threw counts as failing for so long, unless it is edited: until then it may not have been asked again. For as long it is
 * told what was set aside.
 */
const FAILING_FOR = `interval '1 hour'`

/** Rules that judge now and threw lately. */
export const FAILING_RULES = `FROM rules WHERE failed_at > now() - ${FAILING_FOR} AND enabled AND deleted_at IS NULL`

/** Read at each scrape, so it is one statement over indexes that are there anyway. */
export async function readStanding(statements: Statements): Promise<Standing> {
  const [row] = await statements.query<Standing>(
    `SELECT coalesce((SELECT json_agg(json_build_object('accountSid', account_sid, 'source', source,
                'at', coalesce(extract(epoch FROM last_success_at), 0)) ORDER BY account_sid, source)
               FROM poll_cursors JOIN accounts ON sid = account_sid AND watched), '[]') AS "lastSuccessfulPolls",
            coalesce((SELECT greatest(0, extract(epoch FROM now() - min(next_attempt_at)))
               FROM deliveries WHERE status = 'pending'), 0)::float8 AS "oldestDueSeconds",
            coalesce((SELECT extract(epoch FROM now() - min(received_at))
               FROM inbox WHERE state = 'pending'), 0)::float8 AS "oldestReceivedSeconds",
            (SELECT count(*) FROM (SELECT 1 FROM log_transitions WHERE NOT judged LIMIT 100000) AS waiting)::int AS "unjudged",
            (SELECT count(*) FROM poll_cursors JOIN accounts ON sid = account_sid AND watched
              WHERE error_kind IN ('unauthorized', 'forbidden'))::int AS "refusedLists",
            coalesce((SELECT json_agg(name ORDER BY created_at, id) ${FAILING_RULES}), '[]') AS "failingRules",
            (SELECT count(*) FROM log_transitions WHERE set_aside_at > now() - ${FAILING_FOR})::int AS "setAside",
            coalesce((SELECT json_object_agg(action_type, names) FROM
               (SELECT action_type, json_agg(r.name ORDER BY r.created_at, r.id) AS names FROM actions a ${OF_LIVE_RULES} AND failing_since IS NOT NULL
                 GROUP BY action_type) AS failing), '{}') AS "failingActions",
            (SELECT count(*) FROM actions a ${OF_LIVE_RULES} AND failing_since IS NULL AND has_worked)::int AS "workingActions",
            clock_timestamp() AS "databaseTime"`,
  )
  return row!
}
