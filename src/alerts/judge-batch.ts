import {
  evaluate,
  Verdicts,
  type Finding,
  type JudgedRule,
  type JudgedTransition,
} from '../rules/evaluate.js'
import { PatternType } from '../rules/rule.js'
import type { OpenAlert } from './decide.js'
import type { Pace } from '../pace.js'
import { settle, type Settled } from './settle.js'
import { loadThreshold, type ThresholdChange, type ThresholdSession } from './threshold-memory.js'

/** What the rules said before: read for a batch as far as its transitions and their matches need it. */
export interface JudgedBefore extends ThresholdSession {
  standingVerdicts(logIds: readonly string[]): Promise<{ ruleId: string; logId: string }[]>
  /** The newest alert of each rule. */
  newestAlerts(ruleIds: readonly string[]): Promise<Map<string, OpenAlert>>
}

/** Transitions to judge together, in order. */
export interface Batch {
  readonly transitions: readonly JudgedTransition[]
  /** For each of them, the rules whose pattern it matches. */
  readonly matches: readonly (readonly JudgedRule[])[]
  /** Whether a rule can be asked about the transition at an index; what others said stands. */
  readonly isJudging: (ruleId: string, index: number) => boolean
  /** When a finding is judged: cooldowns run by it. */
  readonly clock: (finding: Finding) => Date
  /** Told of each finding before anything follows from it. */
  readonly onFinding?: (finding: Finding) => void
  readonly pace: Pace
}

/** What one batch of judging comes to. */
export interface Outcome extends Settled {
  readonly transitions: readonly JudgedTransition[]
  readonly started: readonly { ruleId: string; logId: string }[]
  readonly stopped: readonly { ruleId: string; logId: string }[]
  readonly thresholds: readonly ThresholdChange[]
}

/** Judges a batch by what was said before it. Writes nothing: whoever asks keeps the outcome, and has it at hand for the next batch. */
export async function judgeBatch(before: JudgedBefore, batch: Batch): Promise<Outcome> {
  const { transitions, matches } = batch
  const seenBefore = transitions
    .filter((transition) => transition.addedPosition !== null)
    .map((transition) => transition.logId)
  const standing = seenBefore.length > 0 ? await before.standingVerdicts(seenBefore) : []
  const thresholds = []
  for (const [rule, matched] of matchedThresholds(batch))
    thresholds.push(await loadThreshold(before, rule, matched, batch.pace))
  const newest = await before.newestAlerts(rulesWithCooldown(batch))

  const memory = {
    verdicts: new Verdicts(standing),
    windows: new Map(thresholds.map(({ rule, window }) => [rule.id, window])),
    counted: new Map(thresholds.map(({ rule, counted }) => [rule.id, counted])),
  }
  const findings = told(evaluate(transitions, matches, memory, batch.isJudging), batch.onFinding)
  const settled = settle(findings, newest, batch.clock)
  return {
    transitions,
    started: [...memory.verdicts.started.values()],
    stopped: [...memory.verdicts.stopped.values()],
    thresholds: thresholds.map((threshold) => threshold.change()),
    ...settled,
  }
}

function* told(findings: Iterable<Finding>, onFinding: Batch['onFinding']): Iterable<Finding> {
  for (const finding of findings) {
    onFinding?.(finding)
    yield finding
  }
}

function matchedThresholds({ transitions, matches }: Batch): Map<JudgedRule, JudgedTransition[]> {
  const matched = new Map<JudgedRule, JudgedTransition[]>()
  for (const [index, rules] of matches.entries())
    for (const rule of rules) {
      if (rule.patternType !== PatternType.THRESHOLD) continue
      const list = matched.get(rule) ?? []
      list.push(transitions[index] as JudgedTransition)
      matched.set(rule, list)
    }
  return matched
}

function rulesWithCooldown({ matches }: Batch): string[] {
  const rules = matches
    .flat()
    .filter((rule) => rule.patternType !== PatternType.THRESHOLD && rule.cooldownMinutes > 0)
  return [...new Set(rules.map((rule) => rule.id))]
}
