import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Redis, type RedisOptions } from 'ioredis'
import type { LineWriter } from '../logger/rate-limited.js'
import { type Bus, HINTS } from './bus.js'

/** A Redis that is away is looked for at least so often, in milliseconds. */
const LONGEST_PAUSE_MS = 2_000

const shared: RedisOptions = {
  connectTimeout: 5_000,
  retryStrategy: (times) => Math.min(times * 200, LONGEST_PAUSE_MS),
}

/** The bus between processes. A dead Redis costs nothing but speed: hints are dropped, and it comes back by itself. */
export class RedisBus implements Bus {
  readonly kind = 'redis'
  private readonly publisher: Redis
  private readonly subscriber: Redis
  private readonly engine: RedisPubSub

  /** @param lines paced: every hint that cannot be published is a line */
  constructor(
    url: string,
    private readonly lines: LineWriter,
  ) {
    // Hints published while it is away would only pile up in memory; a subscription waits until it is there.
    this.publisher = new Redis(url, { ...shared, enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    this.subscriber = new Redis(url, { ...shared, maxRetriesPerRequest: null })
    for (const connection of [this.publisher, this.subscriber]) connection.on('error', this.complain)
    this.engine = new RedisPubSub({ publisher: this.publisher, subscriber: this.subscriber })
  }

  publish(upTo: number): void {
    this.engine.publish(HINTS, upTo).catch(this.complain)
  }

  onHint(listener: (upTo: number) => void): () => void {
    const subscription = this.engine.subscribe(HINTS, (hint: unknown) => {
      if (typeof hint === 'number') listener(hint)
    })
    subscription.catch(this.complain)
    return () => void subscription.then((id) => this.engine.unsubscribe(id)).catch(this.complain)
  }

  trouble(): string | null {
    const isUp = this.publisher.status === 'ready' && this.subscriber.status === 'ready'
    return isUp ? null : 'Redis is away; events of other processes arrive a little later.'
  }

  async close(): Promise<void> {
    this.publisher.disconnect()
    this.subscriber.disconnect()
  }

  private readonly complain = (failure: unknown): void => {
    this.lines.warn({ err: failure }, 'Redis is away: events of other processes arrive a little later')
  }
}
