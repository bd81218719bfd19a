import { lowerBound, upperBound } from './sorted-numbers.js'

/** A maximal stretch of log time in which some window holds the count. Times are milliseconds since the epoch. */
export interface Episode {
  readonly id: string
  from: number
  to: number
  /** Until when, by the clock, the last of its windows holds the count. */
  holdsUntil: number
  /** Logs counted in it. */
  matches: number
  /** How many of them its alerts already stand for. */
  alerted: number
  /** Its newest alert. */
  alert: { readonly id: string; readonly triggeredAt: Date } | null
}

/** An alert that an earlier version of the rule opened, at the time of its log. */
export interface Opening {
  readonly time: number
  readonly alert: { readonly id: string; readonly triggeredAt: Date }
}

/** From one log to another, both ends included. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** From the first to the last log of some windows that hold the count. */
interface HoldingSpan extends Span {
  /** Where the last of the windows starts. */
  readonly lastStart: number
}

/** Where a counted log came to lie. */
export interface Place {
  readonly episode: Episode
  /** From the first to the last log of the windows around it that hold the count: what came into the episode with it lies in there. */
  readonly span: Span
}

/**
 * The logs counted for one threshold rule, around the times that are being judged, and the episodes they make.
 *
 * A window is any stretch of `width` milliseconds, both ends included; it holds the count when `count` logs lie in it. Windows that
 * share a log belong to one episode, so an episode's ends are logs and every counted log between them is one of its own.
 */
export class ThresholdWindow {
  /** Episodes that were swallowed by another one, to be forgotten by the store. */
  readonly absorbed: Episode[] = []
  readonly touched = new Set<Episode>()

  /**
   * @param times counted logs, ascending: all between the first and the last time that will be added, and `count - 1` (at least one) more
   *   on either side as far as they lie within `width`.
   * @param episodes every episode that reaches into that stretch, widened by `width`.
   * @param openings alerts of earlier versions at logs that still count; an episode takes over the newest that lies in it.
   */
  constructor(
    private readonly count: number,
    private readonly width: number,
    private readonly times: number[],
    private episodes: Episode[],
    private readonly openings: readonly Opening[],
    private readonly newId: () => string,
  ) {}

  /** Counts a log; null while no window around it holds the count. */
  add(time: number): Place | null {
    const index = upperBound(this.times, time)
    this.times.splice(index, 0, time)
    const span = this.holdingSpan(index)
    if (!span) return null
    const joined = this.episodes.filter((episode) => episode.from <= span.to && episode.to >= span.from)
    const loose = this.looseTimes(span, joined, index)
    return { episode: this.merge(span, joined, loose), span: { from: span.from, to: span.to } }
  }

  /** Of the windows with this time in them the first that holds the most logs, as far as they were loaded. */
  fullestAround(time: number): Span & { readonly held: number } {
    let fullest = { from: time, to: time, held: 0 }
    let end = lowerBound(this.times, time - this.width)
    for (let start = end; start < this.times.length && (this.times[start] as number) <= time; start++) {
      while (
        end < this.times.length &&
        (this.times[end] as number) <= (this.times[start] as number) + this.width
      )
        end++
      if (end - start > fullest.held)
        fullest = {
          from: this.times[start] as number,
          to: this.times[end - 1] as number,
          held: end - start,
        }
    }
    return fullest
  }

  /** From the first to the last log of all windows that hold the count and the log at `index`. */
  private holdingSpan(index: number): HoldingSpan | null {
    if (this.count === 1) return this.spanOfOne(index)
    let first: number | null = null
    let span: HoldingSpan | null = null
    for (let start = Math.max(0, index - this.count + 1); start <= index; start++) {
      const from = this.times[start]
      const to = this.times[start + this.count - 1]
      if (from === undefined || to === undefined) break
      if (to - from > this.width) continue
      first ??= from
      span = { from: first, to, lastStart: from }
    }
    return span
  }

  /** With a count of one every log holds it by itself, and shares a window with a neighbour that is near enough. */
  private spanOfOne(index: number): HoldingSpan {
    const time = this.times[index] as number
    const before = this.times[index - 1] ?? -Infinity
    const after = this.times[index + 1] ?? Infinity
    const to = after - time <= this.width ? after : time
    return { from: time - before <= this.width ? before : time, to, lastStart: to }
  }

  /** How many logs of the span were in no episode until now; the one just added is always among them. */
  private looseTimes(span: Span, joined: readonly Episode[], added: number): number {
    let loose = 0
    for (let index = lowerBound(this.times, span.from); index < this.times.length; index++) {
      const time = this.times[index] as number
      if (time > span.to) break
      const isOld = index !== added && joined.some((episode) => episode.from <= time && time <= episode.to)
      if (!isOld) loose++
    }
    return loose
  }

  private merge(span: HoldingSpan, joined: Episode[], loose: number): Episode {
    const [first, ...others] = joined
    const merged = first ?? this.open(span)
    merged.from = Math.min(span.from, ...joined.map((episode) => episode.from))
    merged.to = Math.max(span.to, ...joined.map((episode) => episode.to))
    merged.holdsUntil = Math.max(span.lastStart + this.width, ...joined.map((episode) => episode.holdsUntil))
    merged.matches += loose
    for (const other of others) {
      merged.matches += other.matches
      merged.alerted += other.alerted
      if (other.alert && (!merged.alert || other.alert.triggeredAt > merged.alert.triggeredAt))
        merged.alert = other.alert
      this.absorbed.push(other)
      this.touched.delete(other)
    }
    if (others.length > 0) this.episodes = this.episodes.filter((episode) => !others.includes(episode))
    this.takeOver(merged)
    this.touched.add(merged)
    return merged
  }

  /** An alert of an earlier version may have counted what is there, or another such alert has: only what comes now is added to it. */
  private takeOver(episode: Episode): void {
    for (const { time, alert } of this.openings) {
      const isNewer = !episode.alert || episode.alert.triggeredAt < alert.triggeredAt
      if (isNewer && time >= episode.from && time <= episode.to) episode.alert = alert
    }
    if (this.openings.some(({ alert }) => alert.id === episode.alert?.id))
      episode.alerted = episode.matches - 1
  }

  private open({ from, to }: Span): Episode {
    const episode: Episode = {
      id: this.newId(),
      from,
      to,
      holdsUntil: 0,
      matches: 0,
      alerted: 0,
      alert: null,
    }
    this.episodes.push(episode)
    return episode
  }
}
