/** How often pages ask again for what they show, in milliseconds: what a feed tells of comes sooner. */
export const HOW_OFTEN_MS = {
  /** One thing that is looked at while it happens. */
  happening: 5_000,
  /** What no feed tells of, and may be different at any moment. */
  untold: 10_000,
  /** What a feed tells of too, or what is counted up to now. */
  told: 15_000,
  /** What somebody has to edit, or what the clock alone turns. */
  settled: 30_000,
  /** A list that a feed tells of: only what grows older than its span goes by itself. */
  span: 60_000,
} as const
