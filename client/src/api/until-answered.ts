import { ApiError, mayHeal } from './api-error.js'
import { pauseBefore, waitUntil } from './retry-pause.js'

/** Asks again, with pauses, for as long as that may help, and until `signal`; `failed` hears of every try but one that is final. */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  failed: (error: ApiError) => void = () => {},
): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError) || !mayHeal(error)) throw error
      failed(error)
    }
    await waitUntil(pauseBefore(tries, Math.random()), signal)
    signal.throwIfAborted()
  }
}
