import type { Statements } from './database.js'
import type { DueRow } from './due-delivery.js'

/** Tries in a row that may end with the death of the process before a delivery is given up. */
const CRASHES = 5

const DIED = 'The process died during this try.'

/** A try that was begun and never ended died with its process. Five of them end a delivery; a shutdown leaves none behind. */
export async function countCrashes(
  tx: Statements,
  rows: readonly DueRow[],
): Promise<{ alive: DueRow[]; givenUp: string[] }> {
  const held = rows.filter((row) => row.wasHeld).map((row) => row.id)
  if (held.length === 0) return { alive: [...rows], givenUp: [] }
  const dead = await tx.query<{ id: string }>(
    `UPDATE delivery_attempts SET ended_at = now(), success = false, error = $2,
            duration_ms = least(extract(epoch FROM now() - at) * 1000, 2147483647)::int
      WHERE delivery_id = ANY($1) AND ended_at IS NULL RETURNING delivery_id AS id`,
    [held, DIED],
  )
  const crashed = await tx.query<{ id: string; crashedTries: number; status: string }>(
    `UPDATE deliveries SET crashed_tries = crashed_tries + 1, attempt_count = attempt_count + 1,
            status = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN 'failed' ELSE status END,
            success = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN false END,
            completed_at = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN date_trunc('milliseconds', now()) END,
            next_attempt_at = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN NULL ELSE next_attempt_at END,
            action_result = CASE WHEN crashed_tries + 1 >= ${CRASHES} THEN jsonb_build_object('error', $2::text) ELSE action_result END,
            lease_token = NULL, lease_until = NULL
      WHERE id = ANY($1) RETURNING id, crashed_tries AS "crashedTries", status`,
    [dead.map((row) => row.id), `Given up after ${CRASHES} tries that ended with the death of the process.`],
  )
  const byId = new Map(crashed.map((row) => [row.id, row]))
  const alive = rows
    .filter((row) => byId.get(row.id)?.status !== 'failed')
    .map((row) => ({ ...row, crashedTries: byId.get(row.id)?.crashedTries ?? row.crashedTries }))
  return { alive, givenUp: crashed.filter((row) => row.status === 'failed').map((row) => row.id) }
}
