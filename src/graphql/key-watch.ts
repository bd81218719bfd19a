import type { Admission, Principal } from '../http/principal.js'

/** How often the keys of open sockets are looked at, in milliseconds. */
const LOOK_MS = 1_000

/** A socket that a key has opened. */
export interface Opened {
  /** null until it has named its key. */
  readonly principal: Principal | null
  /** The key is no longer valid. */
  end(): void
}

/** Ends what a key has opened once the key is revoked or has expired. Answers how to stop watching. */
export function watchKeys(
  opened: ReadonlySet<Opened>,
  isStillValid: Admission['isStillValid'],
  onError: (failure: unknown) => void,
): () => void {
  let isLooking = false
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
      for (const one of opened) if (one.principal && !(await isStillValid(one.principal))) one.end()
    } catch (failure) {
      onError(failure)
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_MS).unref()
  return () => clearInterval(timer)
}
