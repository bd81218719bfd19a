// The 2010 API writes RFC 2822, the monitor API ISO 8601 (twilio-oai, `format: date-time-rfc-2822` and `date-time`).
const RFC_2822 = /^(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} (?:[+-]\d{4}|GMT|UTC?|Z)$/
const ISO_8601 = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})?$/

const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/**
 * The moment that a date field of Twilio names; null where it is missing or makes no sense (another form, a year outside
 * 2000 to 2099). A strict form comes first because `Date` alone reads dates out of almost any text.
 */
export function parseTwilioDate(value: unknown): Date | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  const iso = ISO_8601.exec(text)
  if (!iso && !RFC_2822.test(text)) return null
  const date = new Date(iso ? `${iso[1]?.replace(' ', 'T')}${iso[2] ?? 'Z'}` : text)
  const time = date.getTime()
  return time >= EARLIEST && time < LATEST ? date : null
}
