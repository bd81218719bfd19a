import { setTimeout as pause } from 'node:timers/promises'
import type { LineWriter } from '../logger/rate-limited.js'
import type { Bus } from './bus.js'
import type { FeedEntry } from './feed.js'
import { encodeFeedCursor } from './feed-cursor.js'
import type { FeedReader, Subject } from './feed-reader.js'

/** How often it looks without being told to, in milliseconds: what another process wrote is seen this soon without Redis. */
const LOOK_MS = 1_000
/** How long it rests where a hint was followed and there was nothing, in milliseconds: whoever floods the bus wears nobody out. */
const REST_MS = 10
/** Entries read at a time. */
const BATCH = 500

/** One event of a subscription: its row as it was when the event was read. Everybody who is told of it holds the same object. */
export interface FeedEvent<Row> {
  /** Where to go on after it. */
  readonly cursor: string
  readonly row: Row
}

/** One thing that happened, and what subscriptions are told of it. */
export interface FeedNews {
  readonly entry: FeedEntry
  readonly event: FeedEvent<Subject>
}

/** @param row as it is now */
export function newsOf(entry: FeedEntry, row: Subject): FeedNews {
  return { entry, event: { cursor: encodeFeedCursor(entry.position), row } }
}

/** Someone to whom the tail hands what is new; it must not wait. */
export interface TailFollower {
  receive(news: readonly FeedNews[]): void
}

/**
 * Reads what is new in the feed once for the whole process and hands it to every follower. Hints of the bus wake it, and
 * it looks once a second by itself. A row is loaded once, however many follow; one that is gone by then is skipped. While
 * the database is away it waits.
 */
export class FeedTail {
  private reached = 0
  /** As far as somebody says that there is something: there is a reading to begin while it lies beyond `reached`. */
  private heard = 0
  private isReading = false
  private isStopped = false
  private readonly followers = new Set<TailFollower>()
  private unsubscribe: () => void = () => {}
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly reader: FeedReader,
    private readonly bus: Bus,
    private readonly lines: LineWriter,
    /** It looks at the feed once more. */
    private readonly onRead: () => void = () => {},
  ) {}

  /** Everything up to it has been handed out. */
  get position(): number {
    return this.reached
  }

  /** Begins at the head of the feed. Throws what the database throws. */
  async start(): Promise<void> {
    this.reached = (await this.reader.bounds()).head
    this.unsubscribe = this.bus.onHint((upTo) => this.hear(upTo))
    this.timer = setInterval(() => this.hear(Infinity), LOOK_MS)
    this.timer.unref()
  }

  stop(): void {
    this.isStopped = true
    clearInterval(this.timer)
    this.unsubscribe()
    this.followers.clear()
  }

  /** Someone knows of an entry at this position. One reading at a time: what is heard during one is looked for by the next. */
  hear(upTo: number): void {
    this.heard = Math.max(this.heard, upTo)
    if (this.heard > this.reached && !this.isReading) void this.readWhatWasHeard()
  }

  /** From now on `follower` gets everything after the position answered. */
  join(follower: TailFollower): number {
    this.followers.add(follower)
    return this.reached
  }

  leave(follower: TailFollower): void {
    this.followers.delete(follower)
  }

  private async readWhatWasHeard(): Promise<void> {
    this.isReading = true
    try {
      while (this.heard > this.reached) {
        const before = this.reached
        this.heard = before
        while (await this.readBatch());
        if (this.reached === before) await pause(REST_MS, undefined, { ref: false })
      }
    } catch (failure) {
      if (!this.isStopped) this.lines.warn({ err: failure }, 'the feed cannot be read: subscriptions wait')
    } finally {
      this.isReading = false
    }
  }

  /** True where there may be more. */
  private async readBatch(): Promise<boolean> {
    this.onRead()
    const entries = await this.reader.entries({ after: this.reached, upTo: null, kind: null, limit: BATCH })
    const last = entries.at(-1)
    if (!last) return false
    if (this.followers.size > 0) {
      const subjects = await this.reader.subjects(entries)
      const news = entries.flatMap((entry) => {
        const row = subjects.get(entry.subjectId)
        return row === undefined ? [] : [newsOf(entry, row as Subject)]
      })
      // Position and followers change in the same instant: whoever joined meanwhile was told the old position and gets all of it.
      this.reached = last.position
      for (const follower of this.followers) follower.receive(news)
    } else {
      this.reached = last.position
    }
    return entries.length === BATCH
  }
}
