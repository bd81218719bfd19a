import { PubSub } from 'graphql-subscriptions'

/** Tells every process that the feed has grown. Only a hint: whoever misses one finds the entries a second later all the same. */
export interface Bus {
  readonly kind: 'memory' | 'redis'
  /** Never throws and never waits, whatever state the other side is in. */
  publish(upTo: number): void
  /** Calls `listener` with the position up to which there is something to read; the answer unsubscribes it. */
  onHint(listener: (upTo: number) => void): () => void
  /** What is wrong with it now, in words; null where nothing is. */
  trouble(): string | null
  close(): Promise<void>
}

/** The channel that carries the hints. */
export const HINTS = 'giftpulse.feed'

/** The bus of a single process. */
export class MemoryBus implements Bus {
  readonly kind = 'memory'
  private readonly engine = new PubSub()

  publish(upTo: number): void {
    void this.engine.publish(HINTS, upTo)
  }

  onHint(listener: (upTo: number) => void): () => void {
    const subscription = this.engine.subscribe(HINTS, listener)
    return () => void subscription.then((id) => this.engine.unsubscribe(id))
  }

  trouble(): null {
    return null
  }

  async close(): Promise<void> {}
}
