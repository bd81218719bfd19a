/**
 * Shares one reading among all who ask for it at the same time: whoever asks while one runs is answered by the next, which begins
 * afterwards, so that nobody is told what was true before the question.
 */
export function readAfresh<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let running: Promise<Value> | null = null
  let next: Promise<Value> | null = null
  const begin = (): Promise<Value> => {
    next = null
    running = read().finally(() => (running = null))
    return running
  }
  return () => {
    if (!running) return begin()
    next ??= running.then(begin, begin)
    return next
  }
}
