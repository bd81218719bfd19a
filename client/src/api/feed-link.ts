import { type Client, createClient, type SubscribePayload } from 'graphql-ws/client'
import { isRecord } from '../components/is-record.js'
import type { TypedDocumentString } from './documents.js'
import type { LinkChange } from './link-state.js'
import { pauseBefore, Waits } from './retry-pause.js'
import { isForbidden, reasonToWait, subscriptionEnd } from './subscription-end.js'

/** A socket that says nothing for so long after a ping is dead, whatever the network believes. */
const PING_MS = 10_000
const PONG_MS = 5_000
const ACKNOWLEDGE_MS = 10_000
/** How long the socket stays open with nobody following: between two pages. */
const IDLE_MS = 5_000

export interface FeedLinkOptions {
  /** Of the GraphQL endpoint: ws or wss. */
  readonly url: URL
  readonly key: string
}

export interface FeedLinkListener {
  linkChanged(change: LinkChange): void
  /** What the clock of the server said somewhere between two moments of the device's, in milliseconds. */
  clockRead(time: number, asked: number, answered: number): void
  /** The key is not valid: nothing is tried again. */
  refused(): void
}

/** What one feed tells to whoever follows it. */
export interface Follower<Event> {
  next(event: Event): void
  /** Its cursor is too old or foreign: a page must be read anew, and followed from there. */
  stale(): void
}

/** Every feed's event carries the place from where to go on after it. */
interface Placed {
  readonly cursor: string
}

/**
 * Any number of feeds over one socket. After a cut graphql-ws subscribes again with the same payload object; its variables
 * are a getter, so each feed goes on after the last event that came. The cursors are kept apart because the feeds are in
 * order each, but not among themselves: one cursor for all would skip what a slower feed still owes.
 */
export class FeedLink {
  private readonly client: Client
  private readonly waits = new Waits()
  private isClosed = false
  private pongTimer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly options: FeedLinkOptions,
    private readonly listener: FeedLinkListener,
    private readonly random: () => number,
    private readonly now: () => number,
  ) {
    this.client = this.connect()
  }

  /** Follows a subscription of one field from `after` on, until what it returns is called. */
  follow<Event extends Placed, Variables extends { readonly after?: string | null | undefined }>(
    document: TypedDocumentString<Readonly<Record<string, Event>>, Variables>,
    variables: Omit<Variables, 'after'>,
    after: string,
    follower: Follower<Event>,
  ): () => void {
    let cursor = after
    let failures = 0
    let stopNow = (): void => {}
    let isOver = false
    const payload: SubscribePayload = {
      query: document.toString(),
      get variables() {
        return { ...variables, after: cursor }
      },
    }
    const subscribe = (): void => {
      let fault: unknown
      stopNow = this.client.subscribe<Readonly<Record<string, Event>>>(payload, {
        next: ({ data, errors }) => {
          const [event] = data ? Object.values(data) : []
          if (isOver) return
          if (event) {
            failures = 0
            cursor = event.cursor
            this.tell(() => follower.next(event))
          } else {
            fault = errors
            stopNow()
          }
        },
        error: (failure) => void ended(failure),
        complete: () => void ended(fault),
      })
    }
    const ended = async (failure: unknown): Promise<void> => {
      if (isOver) return
      const end = subscriptionEnd(failure)
      if (end === 'refused') return this.tell(() => this.listener.refused())
      if (end === 'stale') return this.tell(() => follower.stale())
      await this.waits.wait(pauseBefore(failures++, this.random()))
      if (!this.isClosed && !isOver) subscribe()
    }
    subscribe()
    return () => {
      isOver = true
      stopNow()
    }
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
    let begun = 0
    const tellChange = (change: LinkChange): void => this.tell(() => this.listener.linkChanged(change))
    return createClient({
      url: url.href,
      connectionParams: { apiKey: key },
      lazyCloseTimeout: IDLE_MS,
      keepAlive: PING_MS,
      connectionAckWaitTimeout: ACKNOWLEDGE_MS,
      retryAttempts: Infinity,
      retryWait: (tries) => this.waits.wait(pauseBefore(tries, this.random())),
      shouldRetry: (failure) => !isForbidden(failure),
      on: {
        connecting: () => void (begun = this.now()),
        connected: (_socket, payload) => {
          const time = timeIn(payload)
          const now = this.now()
          if (time !== null) this.tell(() => this.listener.clockRead(time, begun, now))
          tellChange({ openedAt: time ?? now })
        },
        closed: (event) => {
          const reason = reasonToWait(event)
          tellChange(reason === null ? 'closed' : { closedFor: reason })
        },
        message: () => {
          // Whatever comes shows that it lives: behind a flood of events a pong may come late.
          clearTimeout(this.pongTimer)
          tellChange('heard')
        },
        ping: (received) => received || this.expectPong(),
      },
    })
  }

  private expectPong(): void {
    clearTimeout(this.pongTimer)
    this.pongTimer = setTimeout(() => this.client.terminate(), PONG_MS)
  }

  /** Nothing is told after `close`: graphql-ws still reports the end of what it held. */
  private tell(what: () => void): void {
    if (!this.isClosed) what()
  }
}

/** What the server's clock says as it lets a socket in; null where it does not say it. */
function timeIn(payload: unknown): number | null {
  const time = isRecord(payload) ? Date.parse(String(payload['serverTime'])) : NaN
  return Number.isNaN(time) ? null : time
}
