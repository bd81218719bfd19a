/** Runs each task when one of the turns is free, in the order in which they came. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>

/** At most `limit` tasks at a time; the others wait. */
export function createTurns(limit: number): Turns {
  const waiting: (() => void)[] = []
  let free = limit
  return async (task) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await task()
    } finally {
      // A waiting task takes the turn over directly, so nobody who comes just now can slip in between.
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
