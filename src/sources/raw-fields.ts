import { LogType } from './log.js'
import { storableText } from './storable.js'

/** A record as it came. */
export type RawRecord = Readonly<Record<string, unknown>>

export const MAX_SID = 64
const MAX_WORD = 64
export const MAX_ADDRESS = 512

const alertLevels: ReadonlySet<string> = new Set([
  LogType.ERROR,
  LogType.WARNING,
  LogType.NOTICE,
  LogType.DEBUG,
])

/** What kind of log a monitor alert of this level is; a level that nobody knows counts as a notice. */
export function levelOf(value: unknown): LogType {
  const level = wordOf(value)
  return level !== null && alertLevels.has(level) ? (level as LogType) : LogType.NOTICE
}

/** An error code as text; Twilio writes none as null, and a stray zero means the same. */
export function codeOf(value: unknown): string | null {
  const code = textOf(value, MAX_WORD)?.trim()
  return code && code !== '0' ? code : null
}

/** A status or level: lower case, null where there is none. */
export function wordOf(value: unknown): string | null {
  return textOf(value, MAX_WORD)?.trim().toLowerCase() || null
}

/** Text, or a number as text, made storable and cut to `max` UTF-16 units; null for anything else and for nothing. */
export function textOf(value: unknown, max?: number): string | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  return typeof text === 'string' && text !== '' ? storableText(text, max) : null
}

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
