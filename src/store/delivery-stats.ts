import type { Span, TimeBuckets } from '../sources/time-buckets.js'
import { countInBuckets } from './bucket-counts.js'
import type { Statements } from './database.js'
import { type Stats, statsOf } from './stats.js'

const DELIVERIES = { table: 'deliveries', time: 'triggered_at', key: 'status' }

/** Counts deliveries by status over time. */
export class DeliveryStats {
  constructor(private readonly statements: Statements) {}

  /** @param span of the time at which their alert triggered. */
  async read(span: Span, buckets: TimeBuckets): Promise<Stats> {
    return statsOf(await countInBuckets(this.statements, DELIVERIES, span, buckets), buckets)
  }
}
