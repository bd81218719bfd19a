import { toAlert, toLog, type News, type PageAnswer } from './answers.js'
import { type Api, ApiError } from './api.js'
import type { Connection, ConnectionListener, ConnectionOptions } from './connection.js'
import { emptyFeed, type FeedState, fromPage, withNews, withProgress } from './feed-state.js'
import { linkAfter, type LinkChange, type LinkState, newLink } from './link-state.js'
import type { Health } from './records.js'
import { pauseBefore, Waits } from './retry-pause.js'

/** Everything that the page shows after signing in. */
export interface SessionState {
  /** False until the first page was read. */
  readonly isLoaded: boolean
  /** Why the page could not be read, in words; it is tried again. */
  readonly problem: string | null
  readonly feed: FeedState
  readonly link: LinkState
  readonly health: Health | null
  /** When `health` was told, in milliseconds. */
  readonly healthAt: number
  /** A cut was too long to be made up for: the list began anew, with a gap before it. */
  readonly hasGap: boolean
}

/** What a session needs of its connection. */
export type LiveConnection = Pick<Connection, 'close' | 'cut' | 'hurry'>

export interface SessionOptions {
  readonly api: Pick<Api, 'page' | 'pulse'>
  connect(after: ConnectionOptions['after'], listener: ConnectionListener): LiveConnection
  /** Milliseconds. */
  now(): number
  random(): number
  changed(state: SessionState): void
  refused(): void
}

const PULSE_MS = 5_000
const TICK_MS = 1_000

/** One signed-in stay: reads the page, follows the feeds from its cursors, and begins anew where a cursor is of no use. */
export class Session implements ConnectionListener {
  private state: SessionState = {
    isLoaded: false,
    problem: null,
    feed: emptyFeed,
    link: newLink,
    health: null,
    healthAt: 0,
    hasGap: false,
  }
  private connection: LiveConnection | null = null
  private readonly waits = new Waits()
  private readonly timers: ReturnType<typeof setInterval>[] = []
  private isStopped = false

  constructor(private readonly options: SessionOptions) {}

  start(): void {
    this.timers.push(setInterval(() => void this.pulse(), PULSE_MS))
    this.timers.push(setInterval(() => this.linkChanged('tick'), TICK_MS))
    void this.load()
  }

  stop(): void {
    this.isStopped = true
    for (const timer of this.timers) clearInterval(timer)
    this.connection?.close()
    this.waits.endAll()
  }

  /** The device lost its network. */
  cut(): void {
    this.connection?.cut()
  }

  /** Tries at once what waits to be tried again. */
  hurry(): void {
    this.connection?.hurry()
    this.waits.endAll()
  }

  linkChanged(change: LinkChange): void {
    const link = linkAfter(this.state.link, change, this.options.now())
    if (link !== this.state.link || change === 'tick') this.set({ link })
    if (change === 'opened') void this.pulse()
  }

  newsCame(news: News): void {
    const feed = withNews(this.state.feed, news)
    if (feed === this.state.feed) return
    this.set({ feed, link: linkAfter(this.state.link, 'news', this.options.now()) })
  }

  refused(): void {
    this.stop()
    this.options.refused()
  }

  stale(): void {
    this.connection?.close()
    this.set({ link: newLink, hasGap: true })
    void this.load()
  }

  private async load(): Promise<void> {
    for (let tries = 0; !this.isStopped; tries += 1) {
      try {
        const page = await this.options.api.page()
        if (!this.isStopped) this.adopt(page)
        return
      } catch (error) {
        this.failed(error)
        await this.waits.wait(pauseBefore(tries, this.options.random()))
      }
    }
  }

  private adopt({ logs, alerts, health }: PageAnswer): void {
    const feed = fromPage(logs.nodes.map(toLog), alerts.nodes.map(toAlert))
    this.set({ isLoaded: true, problem: null, feed, health, healthAt: this.options.now() })
    const [log, alert] = [logs.feedCursor, alerts.feedCursor]
    const after = { logAdded: log, logChanged: log, alertTriggered: alert, deliveryChanged: alert }
    this.connection = this.options.connect(after, this)
  }

  private async pulse(): Promise<void> {
    if (this.state.link.phase !== 'live') return
    try {
      const { alerts, health } = await this.options.api.pulse()
      const feed = withProgress(this.state.feed, alerts.nodes)
      this.set({ feed, health, healthAt: this.options.now() })
    } catch (error) {
      // The socket tells best whether the server is there; only a refused key says more.
      if (error instanceof ApiError && error.code === 'refused') this.failed(error)
    }
  }

  private failed(error: unknown): void {
    if (this.isStopped) return
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'refused') this.refused()
    else this.set({ problem: error.message })
  }

  private set(news: Partial<SessionState>): void {
    if (this.isStopped) return
    this.state = { ...this.state, ...news }
    this.options.changed(this.state)
  }
}
