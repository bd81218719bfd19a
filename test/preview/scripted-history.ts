import type { History, PastLog, PastQuery, PastState } from '../../src/preview/history.js'

/** A time on the day that the scripts play on. */
export const at = (hour: number, minute = 0): Date => new Date(Date.UTC(2026, 10, 1, hour, minute))

interface Scripted {
  readonly sid: string
  readonly time: Date
  readonly backfilled?: boolean
  readonly text?: string | null
  /** When it was stored in which state; its own time where nothing is said. */
  readonly states?: readonly (Partial<Omit<PastState, 'at'>> & { readonly at: Date })[]
}

/** Failing messages, read as they are written here; a slice holds two of them. */
export function scriptedHistory(logs: readonly Scripted[], onSlice: () => void = () => {}): History {
  let id = 0
  const past = logs.map(
    ({ sid, time, text = null, backfilled = false, states = [{ at: time }] }): PastLog => {
      return {
        id: sid,
        twilioSid: sid,
        logType: 'message',
        time: time.getTime(),
        text,
        backfilled,
        states: states.map((state, index) => ({
          id: ++id,
          first: index === 0,
          completes: false,
          status: 'failed',
          errorCode: '30003',
          errorMessage: null,
          ...state,
          at: state.at.getTime(),
        })),
      }
    },
  )
  return {
    async *slices({ since, until }: PastQuery) {
      const asked = past
        .filter(({ time }) => time >= since.getTime() && time < until.getTime())
        .sort((a, b) => b.time - a.time)
      for (let start = 0; start < asked.length; start += 2) {
        const slice = asked.slice(start, start + 2)
        onSlice()
        yield { logCount: slice.length, from: slice.at(-1)!.time, logs: slice }
      }
    },
  }
}
