import { setTimeout as pause } from 'node:timers/promises'

/** Asks again and again until the answer is true; answers how long that took, in milliseconds. A question that fails is asked again. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = 90_000,
): Promise<number> {
  const begunAt = performance.now()
  let failure: unknown = null
  for (;;) {
    try {
      if (await isSo()) return performance.now() - begunAt
      failure = null
    } catch (thrown) {
      failure = thrown
    }
    if (performance.now() - begunAt > patienceMs)
      throw new Error(`waited ${Math.round(patienceMs / 1_000)} s in vain: ${what}`, { cause: failure })
    await pause(100)
  }
}
