import type { LineWriter } from '../logger/rate-limited.js'
import type { FeedKind } from './feed.js'
import { decodeFeedCursor, encodeFeedCursor } from './feed-cursor.js'
import type { FeedReader, SubjectOf } from './feed-reader.js'
import type { FeedEvent, FeedTail } from './feed-tail.js'
import { Follower } from './follow.js'

/** What a subscription asks for. */
export interface FollowRequest<Kind extends FeedKind> {
  readonly kind: Kind
  /** A feed cursor; null = only what happens from now on. */
  readonly after: string | null
  matches(row: SubjectOf[Kind]): boolean
}

/** The feed as subscriptions use it. */
export class FeedSubscriptions {
  constructor(
    private readonly reader: FeedReader,
    private readonly tail: FeedTail,
    private readonly lines: LineWriter,
  ) {}

  /** The cursor after which everything that happens from now on comes. */
  async cursor(): Promise<string> {
    return encodeFeedCursor((await this.reader.bounds()).head)
  }

  /**
   * Every event after the cursor, then those to come, without a gap and without a repeat.
   * @throws InputError with the path `after` for a cursor that is none, CursorExpiredError for one that is too old
   */
  async follow<Kind extends FeedKind>(
    request: FollowRequest<Kind>,
  ): Promise<AsyncIterableIterator<FeedEvent<SubjectOf[Kind]>>> {
    const bounds = await this.reader.bounds()
    const after = request.after === null ? bounds.head : decodeFeedCursor(request.after, bounds)
    this.tail.hear(bounds.head)
    const { kind } = request
    return new Follower(
      { kind, after, matches: (row) => request.matches(row) },
      this.reader,
      this.tail,
      this.lines,
    )
  }
}
