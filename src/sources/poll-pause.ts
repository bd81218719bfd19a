import { TwilioReadError } from './twilio-read-error.js'

const MAX_INTERVALS = 10

/**
 * How long a source rests after its n-th failure in a row: interval × 2^n, longer where Twilio asked for it, 10 intervals at
 * most. What went wrong on this side (the database was away) is no reason to leave Twilio alone: one interval.
 *
 * @param failures failed polls in a row, this one included
 */
export function pauseAfter(failure: unknown, failures: number, intervalSeconds: number): number {
  const interval = intervalSeconds * 1_000
  if (!(failure instanceof TwilioReadError)) return interval
  const backOff = interval * 2 ** failures
  return Math.min(Math.max(backOff, failure.retryAfterMs ?? 0), interval * MAX_INTERVALS)
}
