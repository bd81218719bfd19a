import type { SourceName } from '../sources/log.js'
import type { Job } from './job.js'

export const DELIVER = 'deliver'
export const SWEEP = 'sweep'

/** What the jobs call. */
export interface JobCalls {
  readonly polls: readonly {
    readonly accountSid: string
    readonly source: SourceName
    poll(): Promise<unknown>
  }[]
  readonly pollIntervalMs: number
  /** Sends what is due. */
  deliver(): Promise<unknown>
  /** Finds what nobody was woken for: sources due, logs not judged, deliveries owed. */
  sweep(): Promise<unknown>
  /** Drops what is old. */
  retain(): Promise<unknown>
}

/** Every job there is: one to poll each source of each account, and three for the whole installation. */
export function listJobs(calls: JobCalls): Job[] {
  return [
    ...calls.polls.map(({ accountSid, source, poll }) => ({
      name: `poll ${accountSid} ${source}`,
      everyMs: calls.pollIntervalMs,
      run: poll,
    })),
    { name: DELIVER, everyMs: null, run: () => calls.deliver() },
    { name: SWEEP, everyMs: 2_000, run: () => calls.sweep() },
    { name: 'retention', everyMs: 60_000, run: () => calls.retain() },
  ]
}
