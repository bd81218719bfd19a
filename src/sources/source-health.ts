import type { SourceName } from './log.js'
import type { ReadFailure } from './twilio-read-error.js'

/** What people call a list. */
export const listNames: Readonly<Record<SourceName, string>> = {
  calls: 'calls',
  messages: 'messages',
  alerts: 'monitor alerts',
}

/** How one list of one account is read. */
export interface SourceHealth {
  readonly accountSid: string
  readonly source: SourceName
  readonly lastSuccessAt: Date | null
  /** Seconds since its last good sweep. */
  readonly lagSeconds: number | null
  /** Why the last poll failed; null where it did not. */
  readonly error: string | null
  /** Of which kind that failure was; null also where it was not Twilio's. */
  readonly errorKind: ReadFailure | null
}

/** What it takes besides to tell whether it is stale: by the database's clock, so that every process says the same. */
export interface PolledSource extends SourceHealth {
  /** Failed polls in a row. */
  readonly failures: number
  /** Until its next poll; less than 0 where that is late. */
  readonly dueInSeconds: number
  /** How long workers have watched its account without a gap, whichever and however often they were started. */
  readonly watchedForSeconds: number
}
