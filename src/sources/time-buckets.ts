/** A stretch of time. */
export interface Span {
  /** Inclusive. */
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}

/** Equal parts of a span, oldest first; the last one may reach beyond its end. */
export class TimeBuckets {
  readonly count: number
  private readonly start: number

  /** @param widthMs how long each is, in milliseconds. */
  constructor(
    { since, until }: Span,
    readonly widthMs: number,
  ) {
    this.start = since.getTime()
    this.count = Math.max(1, Math.ceil((until.getTime() - this.start) / widthMs))
  }

  /** Where a bucket begins. */
  from(index: number): Date {
    return new Date(this.start + index * this.widthMs)
  }

  /** The bucket of a time within the span, in milliseconds since the epoch; one outside of it goes to the nearest. */
  indexOf(time: number): number {
    return Math.min(this.count - 1, Math.max(0, Math.floor((time - this.start) / this.widthMs)))
  }
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ROUND_WIDTHS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30].map((days) => days * DAY),
]

/** As few round widths as people read easily (a minute, an hour, half a day): `most` buckets at most. */
export function roundBuckets(span: Span, most: number): TimeBuckets {
  const least = (span.until.getTime() - span.since.getTime()) / most
  return new TimeBuckets(span, ROUND_WIDTHS.find((width) => width >= least) ?? least)
}

/** `count` buckets of whole seconds; fewer where the span has not so many. */
export function evenBuckets(span: Span, count: number): TimeBuckets {
  const seconds = (span.until.getTime() - span.since.getTime()) / SECOND / count
  return new TimeBuckets(span, Math.max(1, Math.ceil(seconds)) * SECOND)
}
