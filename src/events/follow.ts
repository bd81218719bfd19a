import { setTimeout as pause } from 'node:timers/promises'
import { PublicError } from '../errors.js'
import type { LineWriter } from '../logger/rate-limited.js'
import type { FeedKind } from './feed.js'
import { CursorExpiredError } from './feed-cursor.js'
import type { FeedReader, Subject, SubjectOf } from './feed-reader.js'
import { type FeedEvent, type FeedNews, type FeedTail, newsOf, type TailFollower } from './feed-tail.js'

/** News that a follower holds for its reader. */
const QUEUE = 1_000
/** Entries replayed at a time. */
const BATCH = 200
/** Pause before the database is asked again after it failed, in milliseconds. */
const RETRY_MS = 1_000

export interface Following<Kind extends FeedKind> {
  readonly kind: Kind
  /** Only what comes after this position. */
  readonly after: number
  matches(row: SubjectOf[Kind]): boolean
}

/**
 * One subscription's way through the feed: first what the database holds after its position, then what the tail hands out.
 *
 * Memory stays bounded with a reader that is slower than the feed: when the queue is full it is thrown away, and the
 * follower goes back to reading from the database at the last event its reader took. So a slow reader misses nothing, and
 * nobody waits for it.
 */
export class Follower<Kind extends FeedKind>
  implements AsyncIterableIterator<FeedEvent<SubjectOf[Kind]>>, TailFollower
{
  /** Everything up to it has been given to the reader, put into `replayed` or found not to match. */
  private position: number
  private replayed: FeedNews[] = []
  /** What the tail handed out since `joinedAt`. */
  private queue: FeedNews[] = []
  private joinedAt: number | null = null
  private isLive = false
  private readonly ending = new AbortController()
  private wake: () => void = () => {}

  constructor(
    private readonly following: Following<Kind>,
    private readonly reader: FeedReader,
    private readonly tail: FeedTail,
    private readonly lines: LineWriter,
  ) {
    this.position = following.after
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<FeedEvent<SubjectOf[Kind]>, undefined>> {
    while (!this.ending.signal.aborted) {
      const news = this.replayed.shift() ?? this.takeLive()
      if (news) return { done: false, value: news.event as FeedEvent<SubjectOf[Kind]> }
      if (this.isLive) await this.news()
      else await this.catchUp()
    }
    return { done: true, value: undefined }
  }

  /** Ends it at once, also while its reader waits for the next event. */
  async return(): Promise<IteratorResult<FeedEvent<SubjectOf[Kind]>, undefined>> {
    this.ending.abort()
    this.tail.leave(this)
    this.replayed = []
    this.queue = []
    this.wake()
    return { done: true, value: undefined }
  }

  receive(news: readonly FeedNews[]): void {
    const wanted = news.filter((one) => one.entry.kind === this.following.kind && this.isWanted(one))
    if (this.queue.length + wanted.length > QUEUE) this.fallBack()
    else this.queue.push(...wanted)
    this.wake()
  }

  private takeLive(): FeedNews | undefined {
    if (!this.isLive) return undefined
    const news = this.queue.shift()
    if (news) this.position = news.entry.position
    return news
  }

  /** Gives up the live news: they are still in the database. */
  private fallBack(): void {
    this.tail.leave(this)
    this.queue = []
    this.joinedAt = null
    this.isLive = false
  }

  /** One step towards live: joins the tail once it is near, then closes the gap before the place where it joined. */
  private async catchUp(): Promise<void> {
    if (this.joinedAt === null && this.tail.position - this.position <= QUEUE)
      this.joinedAt = this.tail.join(this)
    const upTo = this.joinedAt ?? this.tail.position
    if (this.position >= upTo) {
      this.goLive()
      return
    }
    try {
      await this.replay(upTo)
    } catch (failure) {
      if (failure instanceof PublicError) {
        await this.return()
        throw failure
      }
      this.lines.warn({ err: failure }, 'the feed cannot be replayed: a subscription waits')
      await pause(RETRY_MS, undefined, { signal: this.ending.signal }).catch(() => {})
    }
  }

  private async replay(upTo: number): Promise<void> {
    const { kind } = this.following
    const entries = await this.reader.entries({ after: this.position, upTo, kind, limit: BATCH })
    const subjects = await this.reader.subjects(entries)
    // Asked after reading: entries that were dropped meanwhile show as a floor above the position.
    if ((await this.reader.bounds()).floor > this.position) throw new CursorExpiredError()
    for (const entry of entries) {
      const row = subjects.get(entry.subjectId) as Subject | undefined
      if (row === undefined) continue
      const news = newsOf(entry, row)
      if (this.isWanted(news)) this.replayed.push(news)
    }
    this.position = entries.length < BATCH ? upTo : entries.at(-1)!.position
  }

  private goLive(): void {
    this.isLive = true
    // A follower that begins at the head knows more than the tail has handed out yet.
    this.queue = this.queue.filter(({ entry }) => entry.position > this.position)
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }

  private isWanted({ entry, event }: FeedNews): boolean {
    return entry.position > this.position && this.following.matches(event.row as SubjectOf[Kind])
  }
}
