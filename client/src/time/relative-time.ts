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
  if (seconds <= -SKEW) return `in ${span(-seconds)}`
  return seconds < 2 ? 'now' : `${span(seconds)} ago`
}

/** A length of time in its largest whole unit. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < MINUTE) return `${whole} s`
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`
  if (whole < DAY) return `${Math.floor(whole / HOUR)} h`
  return `${Math.floor(whole / DAY)} d`
}
