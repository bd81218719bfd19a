import type { SourceName } from './log.js'

/** How one list of one account is read. */
export interface SourceHealth {
  readonly accountSid: string
  readonly source: SourceName
  readonly lastSuccessAt: Date | null
  /** Seconds since its last good sweep. */
  readonly lagSeconds: number | null
  /** Why the last poll failed; null where it did not. */
  readonly error: string | null
}
