import { say } from '../strings.js'
import { Time } from '../time/time.js'
import { span } from '../time/relative-time.js'
import { useDeviceNow } from '../time/use-now.js'
import { lagAt } from './lag.js'
import type { WatchedSource } from './source-look.js'

interface LastReadProps {
  readonly source: WatchedSource
  /** When the answer came that tells of it, in milliseconds of the device's clock. */
  readonly asOf: number
}

/** When a list was last read to its end, and how far behind it is. */
export function LastRead({ source, asOf }: LastReadProps) {
  const now = useDeviceNow()
  const lag = lagAt(source, asOf, now)
  if (source.lastSuccessAt === null || lag === null) return <>{say.sources.neverRead}</>
  return (
    <span title={say.sources.lastRead}>
      {say.sources.read} <Time at={source.lastSuccessAt} as="clock" />,{' '}
      <span className="source-lag">{say.sources.lag(span(lag))}</span>
    </span>
  )
}
