import type { Finding, JudgedRule } from '../rules/evaluate.js'
import { AlertReason } from './alert.js'

/** What follows from a finding, and why. */
export type Decision =
  | { readonly kind: 'trigger'; readonly reason: AlertReason }
  | { readonly kind: 'join'; readonly alertId: string; readonly reason: 'inside-cooldown' | 'same-episode' }
  | { readonly kind: 'none'; readonly reason: 'below-count' | 'may-not-open' }

/** An alert as far as the next match of its rule is concerned. */
export interface OpenAlert {
  readonly id: string
  readonly triggeredAt: Date
}

/**
 * @param last the newest alert of the rule; for a threshold, of the finding's episode.
 * @param now the database clock.
 */
export function decide(finding: Finding, last: OpenAlert | null, now: Date): Decision {
  if (finding.kind === 'started') {
    if (last && now < cooldownEnd(finding.rule, last.triggeredAt))
      return { kind: 'join', alertId: last.id, reason: 'inside-cooldown' }
    return { kind: 'trigger', reason: AlertReason.STARTED_TO_MATCH }
  }
  if (!finding.place) return { kind: 'none', reason: 'below-count' }
  if (!last)
    return finding.mayOpen
      ? { kind: 'trigger', reason: AlertReason.COUNT_REACHED }
      : { kind: 'none', reason: 'may-not-open' }
  const isOver = finding.rule.cooldownMinutes > 0 && now >= cooldownEnd(finding.rule, last.triggeredAt)
  if (isOver && finding.mayOpen) return { kind: 'trigger', reason: AlertReason.COOLDOWN_OVER }
  return { kind: 'join', alertId: last.id, reason: 'same-episode' }
}

function cooldownEnd(rule: JudgedRule, triggeredAt: Date): Date {
  return new Date(triggeredAt.getTime() + rule.cooldownMinutes * 60_000)
}

/** How long an alert stands at least, in milliseconds. */
const SHORTEST_FIRING_MS = 5 * 60_000

/** When an alert is over: its cooldown's end, or for a threshold when its window by the clock no longer holds the count. */
export function resolvesAt(finding: Finding, triggeredAt: Date): Date {
  const lasts =
    finding.kind === 'counted'
      ? (finding.place?.episode.holdsUntil ?? 0)
      : cooldownEnd(finding.rule, triggeredAt).getTime()
  return new Date(Math.max(triggeredAt.getTime() + SHORTEST_FIRING_MS, lasts))
}
