import { deviceSwitch } from '../components/device-switch.js'
import { absoluteTime, shortestTime } from './absolute-time.js'
import { ago } from './relative-time.js'
import { useNow } from './use-now.js'
import { useZone } from './zone.js'
import './time.css'

interface TimeProps {
  /** ISO 8601. */
  readonly at: string
  /**
   * `both`: the clock and how long ago. `either`: how long ago, and the clock where it was pressed. The full time is in the title in any
   * case, which only a mouse reaches.
   */
  readonly as?: 'both' | 'either' | 'ago' | 'clock' | 'full'
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
  if (as === 'either') return <Either at={at} clock={clock} passed={passed} full={full} />
  return (
    <time className="time" dateTime={at} title={as === 'full' ? passed : full}>
      {as === 'full' && full}
      {as === 'ago' && passed}
      {(as === 'both' || as === 'clock') && <span className="time-clock">{clock}</span>}
      {as === 'both' && <span className="time-ago">{passed}</span>}
    </time>
  )
}

/** By the clock, on this device, where it could be said how long ago as well. */
const useByClock = deviceSwitch('giftpulse-times', { on: 'clock', off: 'ago' })

type EitherProps = Readonly<Record<'at' | 'clock' | 'passed' | 'full', string>>

/** A press changes what all times like it say, on every page. */
function Either({ at, clock, passed, full }: EitherProps) {
  const [isByClock, choose] = useByClock()
  return (
    <button
      type="button"
      className="time time-either"
      title={full}
      aria-pressed={isByClock}
      onClick={() => choose(!isByClock)}
    >
      <time dateTime={at}>{isByClock ? clock : passed}</time>
    </button>
  )
}
