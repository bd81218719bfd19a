import type { LogType } from '../sources/log.js'
import type { Candidates } from '../rules/pattern-type.js'

/** One state that a stored log passed through, in the order of storing. */
export interface PastState {
  /** Rises in the order in which states were stored, which is that of judging. */
  readonly id: number
  /** When it was stored, in milliseconds since the epoch. */
  readonly at: number
  /** Whether it is how the log was first seen. */
  readonly first: boolean
  /** Whether nothing but a text came late. */
  readonly completes: boolean
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** A stored log with every state it passed through. */
export interface PastLog {
  readonly id: string
  readonly twilioSid: string
  readonly logType: LogType
  /** Its own time, in milliseconds since the epoch. */
  readonly time: number
  readonly text: string | null
  /** Whether it was read by its source's first complete sweep. */
  readonly backfilled: boolean
  readonly states: readonly PastState[]
}

/** Which logs a rule has to be asked about. */
export interface PastQuery {
  /** null = any. */
  readonly logType: LogType | null
  /** What one of a log's states must have: the others may be left out of a slice. */
  readonly candidates: Candidates
  /** Log times, inclusive and exclusive. */
  readonly since: Date
  readonly until: Date
}

/** A few thousand logs next to each other in log time. */
export interface PastSlice {
  /** How many logs of the type there are in it, asked about or not. */
  readonly logCount: number
  /** The time of its oldest log, in milliseconds since the epoch. */
  readonly from: number
  readonly logs: readonly PastLog[]
}

/** The storage that a preview reads. */
export interface History {
  /** The logs from the newest to the oldest, each slice one short read. */
  slices(query: PastQuery): AsyncIterable<PastSlice>
}
