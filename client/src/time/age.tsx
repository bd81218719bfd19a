import { span } from './relative-time.js'
import { useDeviceNow } from './use-now.js'

interface AgeProps {
  /** In milliseconds of the device's clock. */
  readonly since: number
  /** The sentence about it. */
  say(length: string): string
}

/** How long ago something was, counted on. To be kept out of live regions: there each second would be read out. */
export function Age({ since, say }: AgeProps) {
  const now = useDeviceNow()
  return <>{say(span((now - since) / 1_000))}</>
}
