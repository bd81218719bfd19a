import { say } from '../strings.js'
import { useZone, type Zone } from './zone.js'
import './date-range.css'

interface DateRangeProps {
  /** ISO 8601, or empty. */
  readonly since: string
  readonly until: string
  choose(since: string, until: string): void
}

/** Two moments in the zone that times are shown in. */
export function DateRange({ since, until, choose }: DateRangeProps) {
  const { zone } = useZone()
  return (
    <div className="date-range">
      <input
        className="input"
        type="datetime-local"
        aria-label={say.span.from}
        value={toField(since, zone)}
        onChange={({ target }) => choose(fromField(target.value, zone), until)}
      />
      <span aria-hidden="true">–</span>
      <input
        className="input"
        type="datetime-local"
        aria-label={say.span.to}
        value={toField(until, zone)}
        onChange={({ target }) => choose(since, fromField(target.value, zone))}
      />
    </div>
  )
}

const MINUTE_MS = 60_000

/** What such a field takes has no zone: the moment is shifted so that its UTC reads as the zone does. */
function toField(moment: string, zone: Zone): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return ''
  const shift = zone === 'utc' ? 0 : at.getTimezoneOffset() * MINUTE_MS
  return new Date(at.getTime() - shift).toISOString().slice(0, 16)
}

function fromField(text: string, zone: Zone): string {
  const at = new Date(zone === 'utc' ? `${text}Z` : text)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}
