import { language } from '../strings.js'

/** In which zone times are written: that of the reader, or UTC as Twilio and the API write them. */
export type Zone = 'local' | 'utc'

/** How much of a time is written: of today the clock is enough, and a full one is for titles and files. */
export type TimeDetail = 'clock' | 'hour' | 'minute' | 'year' | 'day' | 'full'

const parts: Readonly<Record<TimeDetail, Intl.DateTimeFormatOptions>> = {
  hour: { hour: '2-digit', minute: '2-digit' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  year: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { month: 'short', day: 'numeric' },
  full: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  },
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `at` (ISO 8601 or milliseconds) as people read it, 24 hours, in the zone asked for; as it is written where it is no time. */
export function absoluteTime(at: string | number, zone: Zone, detail: TimeDetail): string {
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return String(at)
  const name = `${zone} ${detail}`
  let format = formats.get(name)
  if (!format) {
    const timeZone = zone === 'utc' ? { timeZone: 'UTC' } : {}
    format = new Intl.DateTimeFormat(language, { ...parts[detail], ...timeZone, hourCycle: 'h23' })
    formats.set(name, format)
  }
  return format.format(time)
}

/** As little of `at` as tells it from every other time, `now` being known. */
export function shortestTime(at: string | number, now: number, zone: Zone): string {
  const dayOf = (time: string | number): string => absoluteTime(time, zone, 'year').split(',')[0] ?? ''
  if (dayOf(at) === dayOf(now)) return absoluteTime(at, zone, 'clock')
  const yearOf = (time: string | number): string => dayOf(time).slice(-4)
  return absoluteTime(at, zone, yearOf(at) === yearOf(now) ? 'minute' : 'year')
}
