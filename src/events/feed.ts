/** What a feed entry tells of; the same names are the four subscriptions. */
export const feedKinds = ['log_added', 'log_changed', 'alert_triggered', 'delivery_changed'] as const
export type FeedKind = (typeof feedKinds)[number]

/** One thing that happened. Positions rise in commit order, so whoever follows them misses nothing. */
export interface FeedEntry {
  readonly position: number
  readonly kind: FeedKind
  /** Id of the log, alert or delivery. */
  readonly subjectId: string
}
