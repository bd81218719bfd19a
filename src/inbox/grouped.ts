/**
 * `store` for many callers at once: while one call is under way the others wait and then go together, so that under load a
 * transaction serves many of them and at rest nobody waits. Where a group fails each caller goes alone: one's fault is no other's.
 */
export function grouped<Item>(
  store: (items: readonly Item[]) => Promise<number>,
): (items: readonly Item[]) => Promise<number> {
  interface Caller {
    readonly items: readonly Item[]
    readonly resolve: (stored: number) => void
    readonly reject: (failure: unknown) => void
  }
  let waiting: Caller[] = []
  let isStoring = false

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject })
      if (!isStoring) void storeWaiting()
    })

  async function storeWaiting(): Promise<void> {
    isStoring = true
    while (waiting.length > 0) {
      const callers = waiting
      waiting = []
      await storeFor(callers)
    }
    isStoring = false
  }

  async function storeFor(callers: readonly Caller[]): Promise<void> {
    try {
      const stored = await store(callers.flatMap(({ items }) => items))
      for (const { resolve } of callers) resolve(stored)
    } catch (failure) {
      const [alone] = callers
      if (alone && callers.length === 1) alone.reject(failure)
      else await Promise.all(callers.map((caller) => storeFor([caller])))
    }
  }
}
