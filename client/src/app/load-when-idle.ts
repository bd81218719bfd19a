import type { LatePart } from '../components/late-part.js'

/** What the page on the screen still asks for comes first, in milliseconds. */
const FIRST_MS = 3_000

/** Loads what may be shown later, one after the other, while the browser has nothing else to do. Call the answer to end it. */
export function loadWhenIdle(parts: readonly LatePart[]): () => void {
  let isOver = false
  const begin = async (): Promise<void> => {
    for (const part of parts) {
      await idleness()
      if (isOver) return
      await part.loadAhead()
    }
  }
  const timer = setTimeout(() => void begin(), FIRST_MS)
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

/** Not every browser tells when it is idle. */
function idleness(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve)
    else setTimeout(resolve, FIRST_MS)
  })
}
