import { randomUUID } from 'node:crypto'
import type { Finding } from '../rules/evaluate.js'
import { decide, resolvesAt, type OpenAlert } from './decide.js'
import { summarize } from './summary.js'

export interface NewAlert {
  readonly id: string
  readonly ruleId: string
  readonly logId: string
  readonly transitionId: number
  matchCount: number
  readonly summary: string
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

/**
 * Decides each finding in turn. An alert is noted in its episode, or as its rule's newest, before the next finding is asked for.
 *
 * @param clock when a finding is judged.
 */
export function settle(
  findings: Iterable<Finding>,
  newest: Map<string, OpenAlert>,
  clock: (finding: Finding) => Date,
): { alerts: NewAlert[]; joins: Join[] } {
  const opened = new Map<string, NewAlert>()
  const joins = new Map<string, Join>()
  for (const finding of findings) {
    const { rule } = finding
    const now = clock(finding)
    const last = finding.kind === 'counted' ? (finding.episode?.alert ?? null) : (newest.get(rule.id) ?? null)
    const decision = decide(finding, last, now)
    if (decision.kind === 'none') continue
    const matches = finding.kind === 'counted' ? takeUnalerted(finding) : 1
    if (decision.kind === 'trigger') {
      const alert = open(
        finding,
        decision.reason === 'count-reached' ? Math.min(matches, heldBy(finding)) : matches,
        now,
      )
      opened.set(alert.id, alert)
      if (finding.kind === 'started') newest.set(rule.id, alert)
      else if (finding.episode) finding.episode.alert = alert
    } else join(finding, decision.alertId, matches)
  }
  return { alerts: [...opened.values()], joins: [...joins.values()] }

  function join(finding: Finding, alertId: string, matches: number): void {
    const until = finding.kind === 'counted' && finding.episode ? new Date(finding.episode.holdsUntil) : null
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
}

/** An alert opens for what its window holds: an episode may go back for hours in logs that were there before its rule. */
function heldBy(finding: Finding): number {
  return finding.kind === 'counted' ? finding.held : 1
}

/** No match of an episode is counted by two of its alerts. */
function takeUnalerted(finding: Extract<Finding, { kind: 'counted' }>): number {
  const { episode } = finding
  if (!episode) return 0
  const matches = episode.matches - episode.alerted
  episode.alerted = episode.matches
  return matches
}

function open(finding: Finding, matches: number, now: Date): NewAlert {
  return {
    id: randomUUID(),
    ruleId: finding.rule.id,
    logId: finding.transition.logId,
    transitionId: finding.transition.id,
    matchCount: matches,
    summary: summarize(finding, matches),
    triggeredAt: now,
    resolvesAt: resolvesAt(finding, now),
  }
}
