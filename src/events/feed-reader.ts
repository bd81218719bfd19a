import type { Delivery } from '../actions/delivery.js'
import type { Alert } from '../alerts/alert.js'
import type { Log } from '../sources/log.js'
import type { FeedEntry, FeedKind } from './feed.js'

/** What each kind of entry tells of. */
export interface SubjectOf {
  readonly log_added: Log
  readonly log_changed: Log
  readonly alert_triggered: Alert
  readonly delivery_changed: Delivery
}
export type Subject = SubjectOf[FeedKind]

/** Rows by the id that their entries name; one that is gone is not among them. */
export type Subjects = ReadonlyMap<string, unknown>

export interface FeedBounds {
  /** Everything up to this position has been dropped. */
  readonly floor: number
  /** Position of the newest entry; the floor where there is none. */
  readonly head: number
}

export interface FeedSpan {
  /** Exclusive. */
  readonly after: number
  /** Inclusive; null = as far as there is. */
  readonly upTo: number | null
  /** null = every kind. */
  readonly kind: FeedKind | null
  readonly limit: number
}

/** The storage that following the feed needs. */
export interface FeedReader {
  bounds(): Promise<FeedBounds>
  /** In the order of their positions. */
  entries(span: FeedSpan): Promise<readonly FeedEntry[]>
  /** The rows as they are now, each loaded once. */
  subjects(entries: readonly FeedEntry[]): Promise<Subjects>
}
