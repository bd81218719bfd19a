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

/** Buckets counted by one statement: embedded, nothing else is answered while it runs. */
const AT_ONCE = 8

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
  for (let first = 0; first < buckets.count; first += AT_ONCE) {
    const last = Math.min(first + AT_ONCE, buckets.count) - 1
    counted.push(...(await countSome(statements, counting, span, buckets.widthMs, first, last)))
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
