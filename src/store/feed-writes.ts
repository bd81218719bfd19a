import type { FeedKind } from '../events/feed.js'
import type { Statements } from './database.js'

/** Tells the feed, in the order given. Only under the judge's lock: positions must rise in commit order. */
export async function tellFeed(tx: Statements, kind: FeedKind, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return
  await tx.query(
    `INSERT INTO feed (kind, subject_id)
     SELECT $1, id FROM unnest($2::uuid[]) WITH ORDINALITY AS s(id, place) ORDER BY place`,
    [kind, subjectIds],
  )
}

/** The newest feed position, which under the lock is also the last. */
export async function feedHead(tx: Statements): Promise<number> {
  const [row] = await tx.query<{ head: string }>(
    `SELECT coalesce((SELECT max(position) FROM feed), (SELECT feed_floor FROM system_state)) AS head`,
  )
  return Number(row?.head ?? 0)
}
