import type { TimeBuckets } from '../sources/time-buckets.js'

/** How many of a span have one value in common. */
export interface StatsGroup {
  /** The value; `''` for those that have none, `other` for all beyond the groups that are told. */
  readonly key: string
  readonly count: number
}

/** An equal part of a span, with the same groups; those that are empty are left out. */
export interface StatsBucket {
  readonly from: Date
  readonly total: number
  readonly counts: readonly StatsGroup[]
}

/** How many there are of what, over a span and in its parts. */
export interface Stats {
  readonly bucketSeconds: number
  readonly total: number
  /** The largest first. */
  readonly groups: readonly StatsGroup[]
  /** Oldest first, empty ones included. */
  readonly buckets: readonly StatsBucket[]
}

/** How many rows of one bucket have one value. */
export interface Counted {
  readonly bucket: number
  readonly key: string
  readonly count: number
}

/** How many groups are told one by one. */
const MOST_GROUPS = 20
export const OTHER = 'other'

/** Puts counts together; those of one bucket and key are added up. */
export function statsOf(counted: Iterable<Counted>, buckets: TimeBuckets): Stats {
  const totals = new Map<string, number>()
  const parts = Array.from({ length: buckets.count }, () => new Map<string, number>())
  for (const { bucket, key, count } of counted) {
    add(totals, key, count)
    const part = parts[bucket]
    if (part) add(part, key, count)
  }
  const groups = largest(totals)
  const told = new Set(groups.map(({ key }) => key))
  return {
    bucketSeconds: buckets.widthMs / 1_000,
    total: sum(totals.values()),
    groups,
    buckets: parts.map((part, index) => ({
      from: buckets.from(index),
      total: sum(part.values()),
      counts: toldOnly(part, told),
    })),
  }
}

function largest(totals: ReadonlyMap<string, number>): StatsGroup[] {
  const groups = [...totals].map(([key, count]) => ({ key, count }))
  groups.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
  const rest = groups.splice(MOST_GROUPS)
  if (rest.length === 0) return groups
  return [...groups, { key: OTHER, count: sum(rest.map(({ count }) => count)) }]
}

function toldOnly(part: ReadonlyMap<string, number>, told: ReadonlySet<string>): StatsGroup[] {
  const counts = new Map<string, number>()
  for (const [key, count] of part) add(counts, told.has(key) ? key : OTHER, count)
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count)
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}

function sum(counts: Iterable<number>): number {
  let total = 0
  for (const count of counts) total += count
  return total
}
