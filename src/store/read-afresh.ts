/**
 * Shares one reading among all who ask for it at the same time: whoever asks while one runs is answered by the next, which begins
 * afterwards, so that nobody is told what was true before the question. There is never more than one at a time.
 */
export function readAfresh<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<Value> | null = null
  return () => {
    if (next) return next
    const mine = last.then(ignore, ignore).then(() => {
      next = null
      return read()
    })
    next = last = mine
    return mine
  }
}

const ignore = () => undefined
