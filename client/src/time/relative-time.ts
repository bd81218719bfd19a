import { say } from '../strings.js'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** As long as it may be that two clocks disagree, in seconds. */
const SKEW = MINUTE

/**
 * `seconds` ago in words: `now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`; below 0 `in 5 min`. What lies ahead by less
 * than a minute is `now`: the server's clock may run ahead.
 */
export function ago(seconds: number): string {
  if (seconds <= -SKEW) return say.time.ahead(span(-seconds))
  return seconds < 2 ? say.time.now : say.time.ago(span(seconds))
}

/** A length of time in its largest whole unit. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < MINUTE) return say.time.seconds(whole)
  if (whole < HOUR) return say.time.minutes(Math.floor(whole / MINUTE))
  if (whole < DAY) return say.time.hours(Math.floor(whole / HOUR))
  return say.time.days(Math.floor(whole / DAY))
}
