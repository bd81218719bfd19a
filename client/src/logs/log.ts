import type { LogLineFragment } from '../api/documents.js'

/** A log as lists keep it. */
export interface Log extends Omit<LogLineFragment, 'errorMessage'> {
  /** What Twilio says of the error; the message's own words where there is none. */
  readonly text: string | null
}

export function toLog({ errorMessage, text, ...log }: LogLineFragment): Log {
  return { ...log, text: errorMessage ?? (text === '' ? null : text) }
}

/** Where a log is opened by itself, as the router has it. */
export function logPath(id: string): string {
  return `/logs?log=${encodeURIComponent(id)}`
}
