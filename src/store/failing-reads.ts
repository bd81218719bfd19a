import type { Failing } from '../watch/troubles.js'
import type { Statements } from './database.js'
import { OF_LIVE_RULES } from './failing-actions.js'
import { FAILING_RULES } from './standing-reads.js'

/** Which rules and actions fail now. */
export async function readFailing(statements: Statements): Promise<Failing> {
  return {
    rules: await statements.query(`SELECT id, name ${FAILING_RULES} ORDER BY created_at, id`),
    actions: await statements.query(
      `SELECT a.id, a.action_type AS "actionType", r.name AS rule, extract(epoch FROM now() - a.failing_since)::float8 AS "failingSeconds"
         FROM actions a ${OF_LIVE_RULES} AND a.failing_since IS NOT NULL ORDER BY a.failing_since, a.id`,
    ),
  }
}
