import type { LogLineFragment } from '../api/documents.js'

/** A log as lists keep it: without the record itself, which can be a hundred times as large. */
export interface Log extends Omit<LogLineFragment, 'rawData' | 'errorMessage'> {
  /** What Twilio says of the error; the message's own words where there is none. */
  readonly text: string | null
}

export function toLog({ rawData, errorMessage, ...log }: LogLineFragment): Log {
  return { ...log, text: errorMessage ?? textIn(rawData, 'body') }
}

/** The text that a JSON object holds under `name`; null where there is none. */
function textIn(json: unknown, name: string): string | null {
  if (typeof json !== 'object' || json === null) return null
  const value: unknown = (json as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' && value !== '' ? value : null
}
