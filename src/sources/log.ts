/** What kind of record a log is. `ERROR` to `DEBUG` are Twilio Monitor alerts by their level. The values are the tables' and REST's spelling. */
export const LogType = {
  CALL: 'call',
  MESSAGE: 'message',
  ERROR: 'error',
  WARNING: 'warning',
  NOTICE: 'notice',
  DEBUG: 'debug',
  CUSTOM: 'custom',
} as const
export type LogType = (typeof LogType)[keyof typeof LogType]

/** A record that Twilio reported (call, message or monitor alert), as it is stored now. */
export interface Log {
  readonly id: string
  readonly twilioSid: string
  readonly accountSid: string
  readonly logType: LogType
  /** date_created of calls and messages, date_generated of monitor alerts. */
  readonly timestamp: Date
  /** Twilio's own spelling, lower case; monitor alerts have none. */
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly fromNumber: string | null
  readonly toNumber: string | null
  /** Message body or decoded alert text: what a regex searches after `errorMessage`. */
  readonly text: string | null
  /** The record as Twilio gave it, made storable. */
  readonly rawData: unknown
  /** False while its newest transition waits to be judged. */
  readonly processed: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** One status that a log passed through; the first is how it was first seen. */
export interface LogTransition {
  readonly status: string | null
  readonly errorCode: string | null
  readonly at: Date
}

/** What a source saw of one record, parsed and made storable, before anything is known of it. */
export interface Sighting {
  /**
   * Whether this is the record as it stands at its origin. False of a webhook of Twilio's, which tells of a status and leaves out
   * dates, price and text: what it leaves out stays as it is stored, until the whole record is read.
   */
  readonly isWhole: boolean
  readonly twilioSid: string
  readonly accountSid: string
  readonly logType: LogType
  readonly timestamp: Date
  /** The newest of the record's own dates: how far back a sweep has read is judged by it. */
  readonly newestDate: Date
  /** Twilio's date_updated; null where the record has none (monitor alerts). */
  readonly changedAt: Date | null
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly fromNumber: string | null
  readonly toNumber: string | null
  readonly text: string | null
  readonly rawData: unknown
}

/** A record that could not be made a sighting, kept with the reason. */
export interface Unreadable {
  readonly accountSid: string
  readonly source: SourceName
  readonly reason: string
  /** What came, as JSON text, cut to a storable size. */
  readonly record: string
}

/** The three lists of an account that are polled. */
export const sourceNames = ['calls', 'messages', 'alerts'] as const
export type SourceName = (typeof sourceNames)[number]
