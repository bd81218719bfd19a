import { callingRegion, REGION_PREFIX } from '../sources/calling-region.js'
import type { Span, TimeBuckets } from '../sources/time-buckets.js'
import { countInBuckets } from './bucket-counts.js'
import type { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { addLogFilter, type LogsSought } from './log-filter.js'
import { statsOf, type Counted, type Stats } from './stats.js'

/** By what logs are told apart. */
export const LogDimension = {
  LOG_TYPE: 'log_type',
  STATUS: 'status',
  ERROR_CODE: 'error_code',
  COUNTRY: 'country',
} as const
export type LogDimension = (typeof LogDimension)[keyof typeof LogDimension]

/** What the database groups by: a country by the first characters of the number, wherever the channel before it ends. */
const expressions: Readonly<Record<LogDimension, string>> = {
  [LogDimension.LOG_TYPE]: 'log_type',
  [LogDimension.STATUS]: 'status',
  [LogDimension.ERROR_CODE]: 'error_code',
  [LogDimension.COUNTRY]: `CASE WHEN to_number LIKE '+%' THEN left(to_number, ${REGION_PREFIX})
    WHEN to_number LIKE 'whatsapp:+%' THEN substr(to_number, 10, ${REGION_PREFIX}) END`,
}

/** Counts logs over time. */
export class LogStats {
  constructor(private readonly statements: Statements) {}

  /** @param span of `timestamp`; what the filter says of time narrows it further. */
  async read(span: Span, buckets: TimeBuckets, by: LogDimension, filter: LogsSought): Promise<Stats> {
    const narrow = (where: Conditions) => addLogFilter(filter, where)
    const logs = { table: 'logs', time: '"timestamp"', key: expressions[by], narrow }
    const counted = await countInBuckets(this.statements, logs, span, buckets)
    return statsOf(by === LogDimension.COUNTRY ? inRegions(counted) : counted, buckets)
  }
}

function* inRegions(counted: readonly Counted[]): Iterable<Counted> {
  for (const { bucket, key, count } of counted) yield { bucket, key: callingRegion(key), count }
}
