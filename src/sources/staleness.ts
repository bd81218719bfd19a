import { listNames, type SourceHealth, type PolledSource } from './source-health.js'

/** Poll intervals without a good sweep after which a list is late. */
const MISSED_INTERVALS = 3

/** However short the interval, a sweep gets this long, in seconds. */
const SHORTEST_SECONDS = 60

/** How long a list may go unread, in seconds. */
export function latenessBound(intervalSeconds: number): number {
  return Math.max(MISSED_INTERVALS * intervalSeconds, SHORTEST_SECONDS)
}

export interface Lateness<Source> {
  /** Not read to their end for too long, whoever is to blame: what was said of them is not over yet. */
  readonly late: readonly Source[]
  /** Those of them for which there is no excuse: they are worth saying something. */
  readonly stale: readonly Source[]
}

/**
 * Which lists have not been read to their end for too long. Two things excuse that for a while: nobody watched, and one failed poll,
 * whose pause (two intervals) alone makes a list as late as it may be. A second failure says that the first was no accident.
 */
export function latenessOf<Source extends PolledSource>(
  sources: readonly Source[],
  intervalSeconds: number,
): Lateness<Source> {
  const bound = latenessBound(intervalSeconds)
  const late = sources.filter(({ lagSeconds }) => (lagSeconds ?? Infinity) > bound)
  const waitsForSecondTry = ({ failures, dueInSeconds }: Source) =>
    failures === 1 && dueInSeconds > -SHORTEST_SECONDS
  return {
    late,
    stale: late.filter((source) => source.watchedForSeconds > bound && !waitsForSecondTry(source)),
  }
}

/** When lists were last read to their end, as said of them. @param lagSeconds null = never */
export function lastReadInWords(lagSeconds: number | null): string {
  return lagSeconds === null
    ? 'were never read to their end'
    : `were last read to their end ${lagSeconds} s ago`
}

/** Lists that are stale, a sentence each. */
export function staleInWords(stale: readonly SourceHealth[]): string[] {
  return stale.map(
    ({ accountSid, source, lagSeconds, error }) =>
      `The ${listNames[source]} of ${accountSid} ${lastReadInWords(lagSeconds)}` +
      (error === null ? '.' : `: ${error}`),
  )
}
