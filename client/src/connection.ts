import { type Client, createClient, type SubscribePayload } from 'graphql-ws/client'
import { type FeedAnswer, type News, toNews } from './answers.js'
import type { LinkChange } from './link-state.js'
import { type FeedName, FEEDS } from './operations.js'
import { pauseBefore, Waits } from './retry-pause.js'
import { isForbidden, subscriptionEnd } from './subscription-end.js'

/** A socket that says nothing for so long after a ping is dead, whatever the network believes. */
const PING_MS = 10_000
const PONG_MS = 5_000
const ACKNOWLEDGE_MS = 10_000

export interface ConnectionOptions {
  /** Of the GraphQL endpoint: ws or wss. */
  readonly url: URL
  readonly key: string
  /** Where each feed begins. */
  readonly after: Readonly<Record<FeedName, string>>
}

export interface ConnectionListener {
  linkChanged(change: LinkChange): void
  newsCame(news: News): void
  /** The key is not valid: nothing is tried again. */
  refused(): void
  /** A cursor is too old or foreign: a page must be read anew. */
  stale(): void
}

/**
 * The four feeds over one socket. After a cut graphql-ws subscribes again with the same payload object; its variables are
 * a getter, so each feed goes on after the last event that came. The cursors are kept apart because the feeds are in
 * order each, but not among themselves: one cursor for all would skip what a slower feed still owes.
 */
export class Connection {
  private readonly client: Client
  private readonly waits = new Waits()
  private isClosed = false
  private pongTimer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly options: ConnectionOptions,
    private readonly listener: ConnectionListener,
    private readonly random: () => number,
  ) {
    this.client = this.connect()
    for (const feed of Object.keys(FEEDS) as FeedName[]) this.follow(feed)
  }

  /** Ends it for good. */
  close(): void {
    this.isClosed = true
    clearTimeout(this.pongTimer)
    this.waits.endAll()
    void this.client.dispose()
  }

  /** The device says that its network is gone: the socket would notice only minutes later. */
  cut(): void {
    this.client.terminate()
  }

  /** Tries at once instead of waiting for the next try. */
  hurry(): void {
    this.waits.endAll()
  }

  private connect(): Client {
    const { url, key } = this.options
    return createClient({
      url: url.href,
      connectionParams: { apiKey: key },
      keepAlive: PING_MS,
      connectionAckWaitTimeout: ACKNOWLEDGE_MS,
      retryAttempts: Infinity,
      retryWait: (tries) => this.waits.wait(pauseBefore(tries, this.random())),
      shouldRetry: (failure) => !isForbidden(failure),
      on: {
        connected: () => this.tell((listener) => listener.linkChanged('opened')),
        closed: () => this.tell((listener) => listener.linkChanged('closed')),
        message: () => this.tell((listener) => listener.linkChanged('heard')),
        ping: (received) => received || this.expectPong(),
        pong: (received) => received && clearTimeout(this.pongTimer),
      },
    })
  }

  private expectPong(): void {
    clearTimeout(this.pongTimer)
    this.pongTimer = setTimeout(() => this.client.terminate(), PONG_MS)
  }

  private follow(feed: FeedName): void {
    let cursor = this.options.after[feed]
    let failures = 0
    const payload: SubscribePayload = {
      query: FEEDS[feed],
      get variables() {
        return { after: cursor }
      },
    }
    const subscribe = (): void => {
      let fault: unknown
      const stop = this.client.subscribe<Record<string, FeedAnswer>>(payload, {
        next: ({ data, errors }) => {
          const answer = data?.[feed]
          if (answer) {
            failures = 0
            cursor = answer.cursor
            this.tellNews(answer)
          } else {
            fault = errors
            stop()
          }
        },
        error: (failure) => void this.ended(failure, failures++, subscribe),
        complete: () => void this.ended(fault, failures++, subscribe),
      })
    }
    subscribe()
  }

  private async ended(failure: unknown, failures: number, subscribe: () => void): Promise<void> {
    const end = subscriptionEnd(failure)
    if (end === 'refused') return this.tell((listener) => listener.refused())
    if (end === 'stale') return this.tell((listener) => listener.stale())
    await this.waits.wait(pauseBefore(failures, this.random()))
    if (!this.isClosed) subscribe()
  }

  private tellNews(answer: FeedAnswer): void {
    const news = toNews(answer)
    if (news) this.tell((listener) => listener.newsCame(news))
  }

  /** Nothing is told after `close`: graphql-ws still reports the end of what it held. */
  private tell(what: (listener: ConnectionListener) => void): void {
    if (!this.isClosed) what(this.listener)
  }
}
