import type { SourceName } from '../../../src/sources/log.js'
import type { Bed } from '../bed.js'
import { seconds } from '../report.js'
import { until } from '../until.js'

/** What a dead process held is taken up again within this time of its death, as the contract promises, in milliseconds. */
const TAKEN_UP_MS = 30_000

/** What a process held when it died, as the database and the account know it. */
export interface Held {
  readonly diedAt: Date
  readonly deliveries: readonly { readonly id: string; readonly token: string }[]
  readonly lists: readonly SourceName[]
}

/** Everything that is under a lease: asked when nobody but the dead can hold any. */
export async function heldByTheDead(bed: Bed, diedAt: Date): Promise<Held> {
  const deliveries = await bed.database.query<Held['deliveries'][number]>(
    `SELECT id, lease_token AS token FROM deliveries WHERE status = 'pending' AND lease_token IS NOT NULL`,
  )
  const lists = await bed.database.query<{ source: SourceName }>(
    'SELECT source FROM poll_cursors WHERE lease_token IS NOT NULL',
  )
  return { diedAt, deliveries, lists: lists.map(({ source }) => source) }
}

/**
 * How long after that death all of it was in somebody's hands again, once nothing is owed any more: when each list was read, which may be
 * still to come where all of it had been stored, and each delivery tried.
 */
export async function takenUpAfterMs(bed: Bed, { diedAt, deliveries, lists }: Held): Promise<number> {
  const begun = await bed.database.query<{ at: Date | null }>(
    `SELECT (SELECT min(t.at) FROM delivery_attempts t
              WHERE t.delivery_id = held.id AND t.lease_token <> held.token AND t.at > $3) AS at
       FROM unnest($1::uuid[], $2::uuid[]) AS held(id, token)`,
    [deliveries.map(({ id }) => id), deliveries.map(({ token }) => token), diedAt],
  )
  const readAt = (list: SourceName) =>
    bed.twilio.requests.entries.find(({ route, at }) => route?.source === list && at > diedAt)?.at
  const isRead = () => lists.every((list) => readAt(list) !== undefined)
  // A list that is never read again has no time, which is too late.
  await until('each list that it held is read again', isRead, 2 * TAKEN_UP_MS).catch(() => undefined)
  const times = [...begun.map(({ at }) => at), ...lists.map(readAt)]
  return Math.max(0, ...times.map((at) => (at ? at.getTime() - diedAt.getTime() : Infinity)))
}

/** What is wrong about that time. */
export function tooLate(what: string, takenUpMs: number): string[] {
  return takenUpMs > TAKEN_UP_MS
    ? [`${what}: something that it held was taken up after ${seconds(takenUpMs)}`]
    : []
}

/** The note of a row about the longest of those times; none where nothing was held. */
export function longest(takenUpMs: readonly number[], inWords: (most: string) => string): string[] {
  return takenUpMs.length === 0 ? [] : [inWords(seconds(Math.max(...takenUpMs)))]
}
