import { absoluteTime, shortestTime } from './absolute-time.js'
import { ago } from './relative-time.js'
import { useNow } from './use-now.js'
import { useZone } from './zone.js'
import './time.css'

interface TimeProps {
  /** ISO 8601. */
  readonly at: string
  /** `both`: the clock and how long ago; the full time is in the title in any case. */
  readonly as?: 'both' | 'ago' | 'clock' | 'full'
}

/** A time as the reader wants it: in the chosen zone, and how long ago that is. */
export function Time({ at, as = 'both' }: TimeProps) {
  const { zone } = useZone()
  const now = useNow()
  const time = Date.parse(at)
  if (Number.isNaN(time)) return <>{at}</>
  const full = absoluteTime(at, zone, 'full')
  const clock = shortestTime(at, now, zone)
  const passed = ago((now - time) / 1_000)
  return (
    <time className="time" dateTime={at} title={as === 'full' ? passed : full}>
      {as === 'full' && full}
      {as === 'ago' && passed}
      {(as === 'both' || as === 'clock') && <span className="time-clock">{clock}</span>}
      {as === 'both' && <span className="time-ago">{passed}</span>}
    </time>
  )
}
