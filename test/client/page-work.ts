import type { Page } from 'playwright-core'

/** What the main thread of a page had to do, by the processor's time: whatever else the machine does meanwhile is no part of it. */
export interface PageWork {
  /** How much of the time, from 0 to 1. */
  readonly share: number
  /** The longest that it could do nothing else, such as take a key, in milliseconds. */
  readonly longestTask: number
}

/** As Chromium's traces call what a thread does until it looks for something else to do. */
const TASK = 'ThreadControllerImpl::RunTask'

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of its thread. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** What a page has to do meanwhile; where several are open, of the busiest. */
export async function workOf(page: Page, act: () => Promise<void>): Promise<PageWork> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: ['toplevel'] })
  const begun = performance.now()
  await act()
  const elapsed = performance.now() - begun
  const trace = (await browser.stopTracing()).toString()
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] }
  const tasks = traceEvents.filter(({ name }) => name === TASK)
  const works = traceEvents
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => tasks.filter((task) => task.pid === pid && task.tid === tid))
    .map((ofThread) => {
      const times = ofThread.map(({ tdur = 0 }) => tdur / 1_000)
      return {
        share: times.reduce((sum, time) => sum + time, 0) / elapsed,
        longestTask: Math.max(0, ...times),
      }
    })
  return works.reduce((one, other) => (one.share > other.share ? one : other))
}
