import type { SourceName } from './log.js'
import type { ReadFailure } from './twilio-read-error.js'

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
