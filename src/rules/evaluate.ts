import type { Fact } from './fact.js'
import { PatternType, type Rule } from './rule.js'
import type { Place, Span, ThresholdWindow } from './window.js'

/** A stored rule with the moment from which it judges. */
export interface JudgedRule extends Rule {
  /** The feed's head when this version was written: logs added up to it are older than the rule. */
  readonly sincePosition: number
}

/** One status that a log passed through, on its way to being judged. */
export interface JudgedTransition {
  /** Rises in the order of judging. */
  readonly id: number
  readonly logId: string
  readonly twilioSid: string
  /** The log's own time, in milliseconds since the epoch. */
  readonly time: number
  readonly fact: Fact
  /** Whether it is how the log was first seen. */
  readonly first: boolean
  /** Whether nothing but a text came late: a rule that is younger than the log has nothing to say of that. */
  readonly completes: boolean
  /** Whether the log was read by its source's first complete sweep. */
  readonly backfilled: boolean
  /** Feed position at which the log was first judged; null while that is still to come. */
  readonly addedPosition: number | null
}

/** What a rule says now. */
export type Finding =
  | { readonly kind: 'started'; readonly rule: JudgedRule; readonly transition: JudgedTransition }
  | {
      readonly kind: 'counted'
      readonly rule: JudgedRule
      readonly transition: JudgedTransition
      /** null while no window holds the count. */
      readonly place: Place | null
      /** The window around this log that holds the most matches; told where an alert may open. */
      readonly fullest: (Span & { readonly held: number }) | null
      /** Whether this log may open an alert: it is neither backfilled nor older than the rule. */
      readonly mayOpen: boolean
    }

/** What the rules said before, and the windows of the threshold rules; `evaluate` carries both forward. */
export interface Memory {
  readonly verdicts: Verdicts
  readonly windows: ReadonlyMap<string, ThresholdWindow>
  /** Logs already counted, by rule id. */
  readonly counted: ReadonlyMap<string, Set<string>>
}

/** Which rules say of which logs that they match. */
export class Verdicts {
  private readonly rulesByLog = new Map<string, Set<string>>()
  readonly started = new Map<string, { ruleId: string; logId: string }>()
  readonly stopped = new Map<string, { ruleId: string; logId: string }>()

  constructor(standing: Iterable<{ ruleId: string; logId: string }>) {
    for (const { ruleId, logId } of standing) this.rulesOf(logId).add(ruleId)
  }

  rulesOf(logId: string): Set<string> {
    let rules = this.rulesByLog.get(logId)
    if (!rules) this.rulesByLog.set(logId, (rules = new Set()))
    return rules
  }

  start(ruleId: string, logId: string): void {
    this.rulesOf(logId).add(ruleId)
    this.note(this.started, this.stopped, ruleId, logId)
  }

  stop(ruleId: string, logId: string): void {
    this.rulesOf(logId).delete(ruleId)
    this.note(this.stopped, this.started, ruleId, logId)
  }

  /** Remembers the last word only, so that the store writes each verdict once. */
  private note(to: Verdicts['started'], from: Verdicts['started'], ruleId: string, logId: string): void {
    const key = `${ruleId} ${logId}`
    from.delete(key)
    to.set(key, { ruleId, logId })
  }
}

/**
 * Judges transitions in the order given. Findings come one by one: whoever takes one and opens an alert for it notes that in the
 * finding's episode before asking for the next, because the next may join it.
 *
 * @param matches for each transition, the rules whose pattern it matches (`RuleSet.matching`).
 * @param isJudging whether a rule can be asked about the transition at an index; what others said stands.
 */
export function* evaluate(
  transitions: readonly JudgedTransition[],
  matches: readonly (readonly JudgedRule[])[],
  memory: Memory,
  isJudging: (ruleId: string, index: number) => boolean,
): Generator<Finding, void, void> {
  for (const [index, transition] of transitions.entries()) {
    const matching = matches[index] ?? []
    const isBackfill = transition.first && transition.backfilled
    if (!isBackfill)
      stopUnmatched(transition.logId, matching, memory.verdicts, (ruleId) => isJudging(ruleId, index))
    for (const rule of matching) {
      if (rule.patternType === PatternType.THRESHOLD) {
        const finding = count(rule, transition, memory)
        if (finding) yield finding
      } else if (
        !isBackfill &&
        !(transition.completes && isOlder(transition, rule)) &&
        !memory.verdicts.rulesOf(transition.logId).has(rule.id)
      ) {
        memory.verdicts.start(rule.id, transition.logId)
        yield { kind: 'started', rule, transition }
      }
    }
  }
}

function stopUnmatched(
  logId: string,
  matching: readonly JudgedRule[],
  verdicts: Verdicts,
  isJudging: (ruleId: string) => boolean,
): void {
  for (const ruleId of new Set(verdicts.rulesOf(logId)))
    if (isJudging(ruleId) && !matching.some((rule) => rule.id === ruleId)) verdicts.stop(ruleId, logId)
}

/** A log counts once, whatever else it passes through later. */
function count(rule: JudgedRule, transition: JudgedTransition, memory: Memory): Finding | null {
  const counted = memory.counted.get(rule.id)
  const window = memory.windows.get(rule.id)
  if (!counted || !window) throw new Error(`the window of rule ${rule.id} was not loaded`)
  if (counted.has(transition.logId)) return null
  counted.add(transition.logId)
  const place = window.add(transition.time)
  return {
    kind: 'counted',
    rule,
    transition,
    place,
    fullest: place && !place.episode.alert ? window.fullestAround(transition.time) : null,
    mayOpen: !transition.backfilled && !isOlder(transition, rule),
  }
}

/** Whether the log was stored before the rule was written. */
function isOlder({ addedPosition }: JudgedTransition, { sincePosition }: JudgedRule): boolean {
  return addedPosition !== null && addedPosition <= sincePosition
}
