import type { Principal } from './principal.js'

/** The operations that run for each key, over all of its sockets. */
export class RunningOperations {
  private readonly counts = new Map<string, number>()

  /** @param most how many may run at once for one key */
  constructor(readonly most: number) {}

  /** Whether more run than may. */
  areTooMany(principal: Principal): boolean {
    return this.of(principal) > this.most
  }

  /** Counts what a message began until it is over: a subscription for as long as it lasts. Nobody's messages are not counted. */
  async during(principal: Principal | null, handle: () => Promise<void>): Promise<void> {
    if (!principal) return handle()
    const name = nameOf(principal)
    this.counts.set(name, this.of(principal) + 1)
    try {
      await handle()
    } finally {
      const left = this.of(principal) - 1
      if (left > 0) this.counts.set(name, left)
      else this.counts.delete(name)
    }
  }

  private of(principal: Principal): number {
    return this.counts.get(nameOf(principal)) ?? 0
  }
}

const nameOf = ({ keyId }: Principal): string => keyId ?? 'administrator'
