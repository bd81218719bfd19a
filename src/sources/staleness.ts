import type { SourceHealth } from './source-health.js'

/** Poll intervals without a good sweep after which a list counts as stale; two of them may be missed without harm. */
const MISSED_INTERVALS = 3

/** However short the interval, a sweep gets this long, in seconds. */
const SHORTEST_SECONDS = 60

/**
 * The lists that have not been read to their end for too long.
 *
 * @param watchedForSeconds how long this process has been watching: a list that was never read gets as much time as any other
 */
export function staleSources(
  sources: readonly SourceHealth[],
  { intervalSeconds, watchedForSeconds }: { intervalSeconds: number; watchedForSeconds: number },
): SourceHealth[] {
  const bound = Math.max(MISSED_INTERVALS * intervalSeconds, SHORTEST_SECONDS)
  // A start finds lists that nobody could read while no process ran: they get their time too.
  return sources.filter(({ lagSeconds }) => Math.min(lagSeconds ?? Infinity, watchedForSeconds) > bound)
}
