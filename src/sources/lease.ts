import { LEASE_SECONDS } from './poll-store.js'

/** A lease that is renewed in the background for as long as it is used. */
export interface Lease {
  /** Aborted with a {@link PollCutShort} when the lease is lost. */
  readonly signal: AbortSignal
  /** Ends the renewing. */
  end(): void
}

/** Thrown by what was cut short because its lease was lost or the process stops. */
export class PollCutShort extends Error {
  override readonly name = 'PollCutShort'
}

const RENEW_EVERY_MS = 3_000

/**
 * Renews a lease every 3 s until it is ended. A renewal that is refused loses it at once; one that fails (the database is
 * away) is tried again until the time of the lease is over, because from then on somebody else may hold it.
 *
 * @param stopped aborts the lease's signal too
 */
export function keepLease(renew: () => Promise<boolean>, stopped: AbortSignal): Lease {
  const lost = new AbortController()
  const lose = (why: string) => lost.abort(new PollCutShort(why))
  const onStop = () => lose('the process is stopping')
  if (stopped.aborted) onStop()
  stopped.addEventListener('abort', onStop)

  let renewedAt = performance.now()
  let renewing = false
  const timer = setInterval(() => {
    if (performance.now() - renewedAt >= LEASE_SECONDS * 1_000) lose('the lease could not be renewed in time')
    else if (!renewing) void renewOnce()
  }, RENEW_EVERY_MS)

  async function renewOnce(): Promise<void> {
    const askedAt = performance.now()
    renewing = true
    try {
      if (await renew()) renewedAt = askedAt
      else lose('another process took the lease over')
    } catch {
      // Tried again at the next tick, as long as the lease lasts.
    } finally {
      renewing = false
    }
  }

  return {
    signal: lost.signal,
    end() {
      clearInterval(timer)
      stopped.removeEventListener('abort', onStop)
    },
  }
}
