import type { Span, TimeBuckets } from '../sources/time-buckets.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import type { Counted } from './stats.js'

/** Which rows are counted, and by what. */
export interface Counting {
  readonly table: string
  /** The column that says into which bucket a row falls; an index must begin with it. */
  readonly time: string
  /** The expression by which they are told apart. */
  readonly key: string
  /** Leaves rows out. */
  narrow?(where: Conditions): void
}

/** So many buckets are counted by the first statement: embedded, nothing else is answered while one runs. */
const FIRST = 12
/** After one that took no longer, in milliseconds, the next counts so many times as many: each costs as much again before it counts at all. */
const QUICK_MS = 40
const MORE = 4

/**
 * Counts the rows of each bucket by key. Each bucket is a scan of its own along the index: to compute the bucket of every row took
 * three times as long.
 */
export async function countInBuckets(
  statements: Statements,
  counting: Counting,
  span: Span,
  buckets: TimeBuckets,
): Promise<Counted[]> {
  const counted: Counted[] = []
  let atOnce = FIRST
  for (let first = 0; first < buckets.count;) {
    const last = Math.min(first + atOnce, buckets.count) - 1
    const begun = performance.now()
    counted.push(...(await countSome(statements, counting, span, buckets.widthMs, first, last)))
    atOnce = performance.now() - begun <= QUICK_MS ? atOnce * MORE : FIRST
    first = last + 1
  }
  return counted
}

function countSome(
  statements: Statements,
  { table, time, key, narrow }: Counting,
  { since, until }: Span,
  widthMs: number,
  first: number,
  last: number,
): Promise<Counted[]> {
  const where = new Conditions()
  const start = `${where.bind(since)}::timestamptz`
  const width = `${where.bind(`${widthMs} milliseconds`)}::interval`
  where.and(`${time} >= ${start} + bucket * ${width}`)
  where.and(`${time} < least(${start} + (bucket + 1) * ${width}, ${where.bind(until)})`)
  narrow?.(where)
  return statements.query<Counted>(
    `SELECT bucket, coalesce(key, '') AS key, count
       FROM generate_series(${where.bind(first)}::int, ${where.bind(last)}::int) AS bucket
      CROSS JOIN LATERAL (SELECT ${key} AS key, count(*)::int AS count FROM ${table}${where.toSql()} GROUP BY 1) AS counted`,
    where.parameters,
  )
}
