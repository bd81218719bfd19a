import type { Candidates } from '../rules/pattern-type.js'
import type { History, PastLog, PastQuery, PastSlice, PastState } from '../preview/history.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { SEARCHED_TEXT } from './searched-text.js'

/** Logs in a slice: few enough that the embedded database, which does one thing at a time, is never held up for long. */
const SLICE = 2_000

/** Where a slice begins; the time as text, since it is finer than a `Date`. */
interface Edge {
  readonly at: string
  readonly id: string
}

interface StateColumns extends Omit<PastLog, 'states' | 'id'>, Omit<PastState, 'id'> {
  readonly logId: string
  readonly id: string
}

/** The past as it is stored, read in slices along the index by time. */
export class StoredHistory implements History {
  constructor(private readonly statements: Statements) {}

  /** While one slice is looked at the next one is read. */
  async *slices(query: PastQuery): AsyncIterable<PastSlice> {
    let coming = this.slice(query, null)
    for (;;) {
      const slice = await coming
      if (!slice) return
      if (slice.isLast) return yield slice
      coming = this.slice(query, slice.edge)
      // Nobody waits for it where the looking ends here.
      coming.catch(() => undefined)
      yield slice
    }
  }

  private async slice(
    query: PastQuery,
    before: Edge | null,
  ): Promise<(PastSlice & { edge: Edge; isLast: boolean }) | null> {
    const edge = await this.nextSlice(query, before)
    if (!edge) return null
    const logs = await this.logs(query, before, edge)
    return { logCount: edge.count, from: edge.from, logs, edge, isLast: edge.count < SLICE }
  }

  /** The oldest log of the slice that lies before an edge, and how many there are in it. */
  private async nextSlice(
    query: PastQuery,
    before: Edge | null,
  ): Promise<(Edge & { count: number; from: number }) | null> {
    const where = inSpan(query, before)
    const [row] = await this.statements.query<Edge & { count: number; from: number }>(
      `SELECT "timestamp"::text AS at, id, count(*) OVER ()::int AS count, date_part('epoch', "timestamp") * 1000 AS "from"
         FROM (SELECT "timestamp", id FROM logs${where.toSql()} ORDER BY "timestamp" DESC, id DESC LIMIT ${SLICE}) AS slice
        ORDER BY "timestamp", id LIMIT 1`,
      where.parameters,
    )
    return row ?? null
  }

  private async logs(query: PastQuery, before: Edge | null, from: Edge): Promise<PastLog[]> {
    const where = inSpan(query, before)
    where.and(`("timestamp", id) >= (${where.bind(from.at)}::timestamptz, ${where.bind(from.id)}::uuid)`)
    const slice = where.toSql()
    const wanted = couldMatch(query.candidates, where)
    const rows = await this.statements.query<StateColumns>(
      `SELECT l.id AS "logId", l.twilio_sid AS "twilioSid", l.log_type AS "logType", ${SEARCHED_TEXT} AS text, l.backfilled,
              date_part('epoch', l."timestamp") * 1000 AS time, t.id, t.first, t.completes, date_part('epoch', t.at) * 1000 AS at,
              t.status, t.error_code AS "errorCode", t.error_message AS "errorMessage"
         -- The limit says nothing new, but how little this is: without it Postgres sets up parallel workers for every slice.
         FROM (SELECT * FROM logs${slice} ORDER BY "timestamp" DESC, id DESC LIMIT ${SLICE}) AS l
         JOIN log_transitions t ON t.log_id = l.id
        WHERE ${wanted} ORDER BY t.id`,
      where.parameters,
    )
    return logsOf(rows)
  }
}

function inSpan({ logType, since, until }: PastQuery, before: Edge | null): Conditions {
  const where = new Conditions()
  where.and(`"timestamp" >= ${where.bind(since)}`)
  if (before)
    where.and(`("timestamp", id) < (${where.bind(before.at)}::timestamptz, ${where.bind(before.id)}::uuid)`)
  else where.and(`"timestamp" < ${where.bind(until)}`)
  if (logType !== null) where.andOneOf('log_type', [logType])
  return where
}

/** Whether a log was ever in a state that could match, as far as SQL can tell. */
function couldMatch(candidates: Candidates, where: Conditions): string {
  if (candidates === 'any') return 'true'
  if ('literals' in candidates)
    return `(l.text IS NOT NULL OR ${wasOnce((state) => `${state}.error_message IS NOT NULL`)})`
  if ('statuses' in candidates) return wasOnce(hasStatus(candidates.statuses, where))
  return wasOnce(hasCode(candidates.errorCodes, where))
}

/** A log that never changed is in its only state; of others every state has to be looked up. */
function wasOnce(is: (state: string) => string): string {
  const changed = `l.updated_at > l.created_at AND EXISTS (SELECT FROM log_transitions c WHERE c.log_id = l.id AND ${is('c')})`
  return `(${is('l')} OR ${changed})`
}

function hasCode(codes: readonly string[] | 'any', where: Conditions): (state: string) => string {
  if (codes === 'any') return (state) => `${state}.error_code IS NOT NULL`
  const wanted = where.bind(codes)
  return (state) => `${state}.error_code = ANY(${wanted}::text[])`
}

/** Postgres may know fewer small letters than JavaScript does, so what is not ASCII is looked at in any case. */
function hasStatus(statuses: readonly string[], where: Conditions): (state: string) => string {
  const wanted = where.bind(statuses)
  return (state) =>
    `(lower(${state}.status) = ANY(${wanted}::text[]) OR octet_length(${state}.status) > length(${state}.status))`
}

function logsOf(rows: readonly StateColumns[]): PastLog[] {
  const logs = new Map<string, PastLog & { states: PastState[] }>()
  for (const { logId, twilioSid, logType, text, backfilled, time, id, ...state } of rows) {
    let log = logs.get(logId)
    if (!log) logs.set(logId, (log = { id: logId, twilioSid, logType, text, backfilled, time, states: [] }))
    log.states.push({ ...state, id: Number(id) })
  }
  return [...logs.values()]
}
