import type { SourceHealth } from '../sources/source-health.js'

/** How long something may wait to be judged or sent before it counts as late, in seconds. */
const LATE_SECONDS = 60

/** What the work that is owed looks like at one moment. */
export interface WorkState {
  readonly sources: readonly SourceHealth[]
  /** How long the delivery that is due the longest has waited. */
  readonly oldestDueSeconds: number
}

/** When each list was last read to its end, by account and source, in milliseconds. */
export type Successes = ReadonlyMap<string, number>

export interface HeartbeatParts {
  readonly state: () => Promise<WorkState>
  /** Judges all that is stored. */
  readonly judge: () => Promise<void>
  readonly ping: () => Promise<void>
  /** Successes before it count for nothing: this process has not seen them. */
  readonly startedAt: Date
}

/**
 * Tells an outside monitor that all is well, only after it was: since the last time every list was read to its end, all that is
 * stored was judged, and nothing that is due has waited for long.
 */
export class Heartbeat {
  private told: Successes = new Map()

  constructor(private readonly parts: HeartbeatParts) {}

  /** Resolves to whether it pinged; rejects where judging or the ping failed. */
  async beat(): Promise<boolean> {
    const { state, judge, ping, startedAt } = this.parts
    const current = await state()
    const successes = successesSince(this.told, current, startedAt)
    if (successes === null) return false
    await judge()
    await ping()
    this.told = successes
    return true
  }
}

/** When each list was last read, where that is news of every one of them and nothing is late; else null. */
export function successesSince(told: Successes, state: WorkState, startedAt: Date): Successes | null {
  const { sources, oldestDueSeconds } = state
  if (sources.length === 0 || oldestDueSeconds > LATE_SECONDS) return null
  const successes = new Map(
    sources.map(({ accountSid, source, lastSuccessAt }) => [
      `${accountSid} ${source}`,
      lastSuccessAt?.getTime() ?? -Infinity,
    ]),
  )
  const isNews = ([list, at]: readonly [string, number]) => at > (told.get(list) ?? startedAt.getTime())
  return [...successes].every(isNews) ? successes : null
}
