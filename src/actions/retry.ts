/** What came of one try, as far as the next one is concerned. */
export interface FailedTry {
  /** Trying again cannot help. */
  readonly permanent: boolean
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null
}

/** The longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE_MS = 60 * 60_000

/** How far a pause is spread to either side, so that what failed together does not come back together. */
const JITTER = 0.1

/**
 * The pause before the next try, in milliseconds; null when the failed one was the last. It doubles from `baseSeconds` up to an
 * hour, and is never shorter than what the other side asked for.
 *
 * @param failedTries how many tries have failed, this one included.
 * @param random between 0 and 1.
 */
export function retryPause(
  failed: FailedTry,
  failedTries: number,
  settings: { readonly retryAttempts: number; readonly baseSeconds: number },
  random: number,
): number | null {
  if (failed.permanent || failedTries > settings.retryAttempts) return null
  const pause = Math.min(settings.baseSeconds * 1_000 * 2 ** (failedTries - 1), LONGEST_PAUSE_MS)
  const spread = pause * (1 + JITTER * (2 * random - 1))
  return Math.round(Math.min(Math.max(spread, failed.retryAfterMs ?? 0), LONGEST_PAUSE_MS))
}
