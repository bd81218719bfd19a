import type { OpenAlert } from '../alerts/decide.js'
import type { JudgedBefore, Outcome } from '../alerts/judge-batch.js'
import type { Stretch } from '../alerts/threshold-memory.js'
import { lowerBound, upperBound } from '../rules/sorted-numbers.js'
import type { Episode } from '../rules/window.js'

/** What one replayed rule has said so far. It stands in for the tables that judging reads, and nothing of it is written. */
export class ReplayMemory implements JudgedBefore {
  /** Logs of which the rule says that they match. */
  private readonly standing = new Set<string>()
  private newest: OpenAlert | null = null
  private readonly counted = new Set<string>()
  /** Of the counted logs, ascending. */
  private times: number[] = []
  private readonly known = new Map<string, Episode>()

  constructor(private readonly ruleId: string) {}

  async standingVerdicts(logIds: readonly string[]): Promise<{ ruleId: string; logId: string }[]> {
    return logIds.filter((logId) => this.standing.has(logId)).map((logId) => ({ ruleId: this.ruleId, logId }))
  }

  async newestAlerts(): Promise<Map<string, OpenAlert>> {
    return this.newest ? new Map([[this.ruleId, this.newest]]) : new Map()
  }

  async countedAmong(_ruleId: string, logIds: readonly string[]): Promise<Set<string>> {
    return new Set(logIds.filter((logId) => this.counted.has(logId)))
  }

  /** Logs older than the rule are replayed first, so that nothing of them is left to be counted. */
  async countedStretch(): Promise<Stretch> {
    return { from: -Infinity, to: Infinity }
  }

  async *olderLogs(): AsyncIterable<never> {}

  async earlierOpenings(): Promise<[]> {
    return []
  }

  async countedTimes(
    _ruleId: string,
    { from, to }: Stretch,
    neighbours: number,
    width: number,
  ): Promise<number[]> {
    const first = lowerBound(this.times, from)
    const end = upperBound(this.times, to)
    return this.times.slice(
      Math.max(first - neighbours, lowerBound(this.times, from - width)),
      Math.min(end + neighbours, upperBound(this.times, to + width)),
    )
  }

  async episodes(_ruleId: string, { from, to }: Stretch): Promise<Episode[]> {
    return [...this.known.values()].filter((episode) => episode.to >= from && episode.from <= to)
  }

  /** Takes over what a batch came to, for the next one. */
  keep({ started, stopped, thresholds, alerts }: Outcome): void {
    for (const { logId } of started) this.standing.add(logId)
    for (const { logId } of stopped) this.standing.delete(logId)
    for (const { counted, episodes, absorbed } of thresholds) {
      for (const { logId } of counted) this.counted.add(logId)
      this.times.push(...counted.map(({ time }) => time))
      this.times.sort((a, b) => a - b)
      for (const episode of episodes) this.known.set(episode.id, episode)
      for (const { id } of absorbed) this.known.delete(id)
    }
    this.newest = alerts.at(-1) ?? this.newest
  }
}
