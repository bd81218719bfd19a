import type { FeedKind } from '../events/feed.js'
import type { Statements } from './database.js'

/**
 * Tells the feed, in the order given. Only under the judge's lock: positions must rise in commit order. Answers the feed's head; null where
 * there is nothing to tell.
 */
export async function tellFeed(
  tx: Statements,
  kind: FeedKind,
  subjectIds: readonly string[],
): Promise<number | null> {
  if (subjectIds.length === 0) return null
  const [told] = await tx.query<{ head: string }>(
    `WITH told AS (
       INSERT INTO feed (kind, subject_id)
       SELECT $1, id FROM unnest($2::uuid[]) WITH ORDINALITY AS s(id, place) ORDER BY place RETURNING position)
     SELECT max(position) AS head FROM told`,
    [kind, subjectIds],
  )
  return Number(told?.head)
}

/** The newest feed position, which under the lock is also the last. */
export async function feedHead(tx: Statements): Promise<number> {
  const [row] = await tx.query<{ head: string }>(
    `SELECT coalesce((SELECT max(position) FROM feed), (SELECT feed_floor FROM system_state)) AS head`,
  )
  return Number(row?.head ?? 0)
}
