import type { Outcome } from '../alerts/judge-batch.js'
import type { NewAlert } from '../alerts/settle.js'
import type { Finding } from '../rules/evaluate.js'
import type { TimeBuckets } from '../sources/time-buckets.js'
import { Newest } from './newest.js'
import { isOlder, type Replayed } from './replayed.js'

/** A log at which the rule started to match, or that it counted. */
export interface PreviewMatch {
  readonly logId: string
  /** When it would have been judged. */
  readonly at: Date
}

/** An alert that the rule would have opened. */
export interface PreviewAlert {
  readonly logId: string
  readonly triggeredAt: Date
  readonly matchCount: number
  readonly summary: string
  readonly deliveryCount: number
}

/** An equal part of the span, with what happened at logs of that time. */
export interface PreviewBucket {
  readonly from: Date
  readonly matches: number
  readonly alerts: number
}

/** How many of the newest matches and alerts are told one by one. */
const LISTED = 100

/** Counts what a replayed rule says, in memory that does not grow with it. */
export class Tally {
  matchCount = 0
  alertCount = 0
  private readonly newestMatches = new Newest<PreviewMatch & { readonly time: number }>(LISTED)
  private readonly newestAlerts = new Newest<{ readonly time: number; readonly alert: NewAlert }>(LISTED)
  private readonly matchesIn: number[]
  private readonly alertsIn: number[]

  /** @param deliveriesEach how many deliveries each alert owes. */
  constructor(
    private readonly buckets: TimeBuckets,
    private readonly deliveriesEach: number,
  ) {
    this.matchesIn = Array.from({ length: buckets.count }, () => 0)
    this.alertsIn = Array.from({ length: buckets.count }, () => 0)
  }

  /** What only counts in a window, because it is older than the span, is no match in it. */
  addFinding({ transition }: Finding): void {
    if (isOlder(transition)) return
    const { time, logId } = transition
    this.matchCount += 1
    this.count(this.matchesIn, time)
    this.newestMatches.add({ time, logId, at: new Date((transition as Replayed).clock) })
  }

  addOutcome({ alerts, joins, transitions }: Outcome): void {
    const timeOf = new Map(transitions.map(({ id, time }) => [id, time]))
    for (const alert of alerts) {
      this.alertCount += 1
      this.count(this.alertsIn, timeOf.get(alert.transitionId) ?? 0)
      this.newestAlerts.add({ time: alert.triggeredAt.getTime(), alert: { ...alert } })
    }
    if (joins.length === 0) return
    const listed = new Map(this.newestAlerts.list().map(({ alert }) => [alert.id, alert]))
    for (const { alertId, matches } of joins) {
      const alert = listed.get(alertId)
      if (alert) alert.matchCount += matches
    }
  }

  /** Newest first. */
  matches(): PreviewMatch[] {
    return this.newestMatches.list()
  }

  /** Newest first. */
  alerts(): PreviewAlert[] {
    return this.newestAlerts.list().map(({ alert: { logId, triggeredAt, matchCount, summary } }) => ({
      logId,
      triggeredAt,
      matchCount,
      summary,
      deliveryCount: this.deliveriesEach,
    }))
  }

  deliveryCount(): number {
    return this.alertCount * this.deliveriesEach
  }

  timeline(): PreviewBucket[] {
    return this.matchesIn.map((matches, index) => ({
      from: this.buckets.from(index),
      matches,
      alerts: this.alertsIn[index] ?? 0,
    }))
  }

  private count(counts: number[], time: number): void {
    const index = this.buckets.indexOf(time)
    counts[index] = (counts[index] ?? 0) + 1
  }
}
