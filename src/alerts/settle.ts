import { randomUUID } from 'node:crypto'
import type { Finding } from '../rules/evaluate.js'
import type { Episode, Span } from '../rules/window.js'
import { AlertReason } from './alert.js'
import { decide, resolvesAt, type OpenAlert } from './decide.js'
import { causeOf, summarize } from './summary.js'

export interface NewAlert {
  readonly id: string
  readonly ruleId: string
  readonly logId: string
  readonly transitionId: number
  matchCount: number
  readonly summary: string
  readonly reason: AlertReason
  readonly cause: string
  readonly triggeredAt: Date
  resolvesAt: Date
}

/** Later matches of an alert that was there before this batch. */
export interface Join {
  readonly alertId: string
  matches: number
  /** Set for thresholds, whose alerts stand as long as their window holds the count. */
  resolvesAt: Date | null
}

/** A log at which an alert opened, or that joined it. */
export interface LogOfAlert {
  readonly alertId: string
  readonly logId: string
  readonly time: number
}

/**
 * A stretch of log time from which logs that a threshold had counted before came to an alert, with the one that opened or joined it:
 * those that no alert of the rule stands for yet.
 */
export interface StretchOfAlert extends Span {
  readonly alertId: string
  readonly ruleId: string
}

export interface Settled {
  readonly alerts: readonly NewAlert[]
  readonly joins: readonly Join[]
  readonly logs: readonly LogOfAlert[]
  /** In the order in which they came: a log belongs to the first that holds it. */
  readonly stretches: readonly StretchOfAlert[]
}

/**
 * Decides each finding in turn. An alert is noted in its episode, or as its rule's newest, before the next finding is asked for.
 *
 * @param clock when a finding is judged.
 */
export function settle(
  findings: Iterable<Finding>,
  newest: Map<string, OpenAlert>,
  clock: (finding: Finding) => Date,
): Settled {
  const opened = new Map<string, NewAlert>()
  const joins = new Map<string, Join>()
  const logs: LogOfAlert[] = []
  const stretches: StretchOfAlert[] = []
  for (const finding of findings) {
    const { rule } = finding
    const now = clock(finding)
    const episode = episodeOf(finding)
    const last = finding.kind === 'counted' ? (episode?.alert ?? null) : (newest.get(rule.id) ?? null)
    const decision = decide(finding, last, now)
    if (decision.kind === 'none') continue
    const matches = finding.kind === 'counted' ? takeUnalerted(episode) : 1
    const isFirst = decision.reason === AlertReason.COUNT_REACHED
    const fullest = isFirst && finding.kind === 'counted' ? finding.fullest : null
    if (decision.kind === 'trigger') {
      // An episode may go back for hours in logs that were there before its rule.
      const count = fullest ? Math.min(matches, fullest.held) : matches
      const alert = open(finding, decision.reason, count, now)
      opened.set(alert.id, alert)
      if (finding.kind === 'started') newest.set(rule.id, alert)
      else if (episode) episode.alert = alert
      note(finding, alert.id, matches, fullest)
    } else {
      join(finding, decision.alertId, matches)
      note(finding, decision.alertId, matches, null)
    }
  }
  return { alerts: [...opened.values()], joins: [...joins.values()], logs, stretches }

  function join(finding: Finding, alertId: string, matches: number): void {
    const episode = episodeOf(finding)
    const until = episode && new Date(episode.holdsUntil)
    const fresh = opened.get(alertId)
    if (fresh) {
      fresh.matchCount += matches
      if (until && until > fresh.resolvesAt) fresh.resolvesAt = until
      return
    }
    const standing = joins.get(alertId) ?? { alertId, matches: 0, resolvesAt: null }
    standing.matches += matches
    if (until && (!standing.resolvesAt || until > standing.resolvesAt)) standing.resolvesAt = until
    joins.set(alertId, standing)
  }

  /** Its log, and where others came with it the stretch in which these lie. */
  function note(finding: Finding, alertId: string, matches: number, fullest: Span | null): void {
    const { rule, transition } = finding
    logs.push({ alertId, logId: transition.logId, time: transition.time })
    const span = fullest ?? (finding.kind === 'counted' ? finding.place?.span : null)
    if (matches > 1 && span) stretches.push({ alertId, ruleId: rule.id, from: span.from, to: span.to })
  }
}

function episodeOf(finding: Finding): Episode | null {
  return finding.kind === 'counted' ? (finding.place?.episode ?? null) : null
}

/** No match of an episode is counted by two of its alerts. */
function takeUnalerted(episode: Episode | null): number {
  if (!episode) return 0
  const matches = episode.matches - episode.alerted
  episode.alerted = episode.matches
  return matches
}

function open(finding: Finding, reason: AlertReason, matches: number, now: Date): NewAlert {
  return {
    id: randomUUID(),
    ruleId: finding.rule.id,
    logId: finding.transition.logId,
    transitionId: finding.transition.id,
    matchCount: matches,
    summary: summarize(finding, reason, matches),
    reason,
    cause: causeOf(finding),
    triggeredAt: now,
    resolvesAt: resolvesAt(finding, now),
  }
}
