import type { SourceHealth } from '../sources/source-health.js'
import { isAtWork, type WorkState } from './weaknesses.js'

/** What is to be well before an outside monitor is told so. */
export interface State extends WorkState {
  readonly sources: readonly SourceHealth[]
}

/** When each list was last read to its end, by account and source, in milliseconds. */
export type Successes = ReadonlyMap<string, number>

export interface HeartbeatParts {
  readonly state: () => Promise<State>
  /** Judges all that is stored. */
  readonly judge: () => Promise<void>
  readonly ping: () => Promise<void>
  /** Successes before it count for nothing: this process has not seen them. */
  readonly startedAt: Date
}

/**
 * Tells an outside monitor that all is well, only after it was: since the last time every list was read to its end, all that is
 * stored was judged by rules that do not throw, nothing that is due has waited for long, and not every action fails.
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

/** When each list was last read, where that is news of every one of them and all is at work; else null. */
export function successesSince(told: Successes, state: State, startedAt: Date): Successes | null {
  const { sources } = state
  if (sources.length === 0 || !isAtWork(state)) return null
  const successes = new Map(
    sources.map(({ accountSid, source, lastSuccessAt }) => [
      `${accountSid} ${source}`,
      lastSuccessAt?.getTime() ?? -Infinity,
    ]),
  )
  const isNews = ([list, at]: readonly [string, number]) => at > (told.get(list) ?? startedAt.getTime())
  return [...successes].every(isNews) ? successes : null
}
