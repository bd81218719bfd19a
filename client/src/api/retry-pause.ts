const FIRST_MS = 500
const LONGEST_MS = 10_000

/** How long to wait before try number `tries` (from 0), in milliseconds: doubling, 10 s at most, spread by `random` (0 to 1). */
export function pauseBefore(tries: number, random: number): number {
  return Math.min(FIRST_MS * 2 ** tries, LONGEST_MS) * (0.75 + random / 2)
}

/** Waits, and no longer than until `signal`. */
export async function waitUntil(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const waits = new Waits()
  const end = (): void => waits.endAll()
  signal.addEventListener('abort', end)
  await waits.wait(milliseconds)
  signal.removeEventListener('abort', end)
}

/** Waits that can be cut short, all at once: the network is back, the reader looks at the page again. */
export class Waits {
  private readonly waiting = new Set<() => void>()

  async wait(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.waiting.delete(end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      this.waiting.add(end)
    })
  }

  endAll(): void {
    for (const end of this.waiting) end()
  }
}
