import type { SourceName } from '../sources/log.js'

/** One record as Twilio's REST API spells it: snake_case fields, dates and most numbers as strings. */
export interface RawRecord {
  readonly sid: string
  readonly [field: string]: unknown
}

/** An account's records as they are at a moment: what the simulator serves from. */
export interface TwilioWorld {
  /** Newest first, by whatever order this world keeps. Read lazily, so a page builds only what it shows. */
  records(source: SourceName, now: Date): Iterable<RawRecord>
  /** The record with every field of its instance resource; null where there is none (any more). */
  find(source: SourceName, sid: string, now: Date): RawRecord | null
}
