import { evaluate, Verdicts, type JudgedRule, type JudgedTransition, type Memory } from '../rules/evaluate.js'
import { compileRules, type RuleSet } from '../rules/rule-set.js'
import { PatternType } from '../rules/rule.js'
import type { OpenAlert } from './decide.js'
import { settle, type Join, type NewAlert } from './settle.js'
import { loadThreshold, type ThresholdChange, type ThresholdSession } from './threshold-memory.js'

/** The storage that judging needs. */
export interface JudgeStore<Session extends JudgeSession = JudgeSession> {
  /** Runs `work` in one transaction that nobody else in the cluster judges, or changes rules, beside. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>
}

export interface JudgeSession extends ThresholdSession {
  /** The next transitions to judge, in order, with the database's clock and the revision of the rules. */
  next(limit: number): Promise<{ now: Date; ruleRevision: number; transitions: JudgedTransition[] }>
  /** Rules that judge now: enabled and not deleted. */
  rules(): Promise<JudgedRule[]>
  standingVerdicts(logIds: readonly string[]): Promise<{ ruleId: string; logId: string }[]>
  /** The newest alert of each rule. */
  newestAlerts(ruleIds: readonly string[]): Promise<Map<string, OpenAlert>>
  /** Marks the transitions judged, tells the feed, and writes what follows. Answers the feed's head and how many deliveries are owed. */
  write(outcome: Outcome): Promise<{ upTo: number; owed: number }>
}

/** What one batch of judging comes to. */
export interface Outcome {
  readonly transitions: readonly JudgedTransition[]
  readonly started: readonly { ruleId: string; logId: string }[]
  readonly stopped: readonly { ruleId: string; logId: string }[]
  readonly thresholds: readonly ThresholdChange[]
  readonly alerts: readonly NewAlert[]
  readonly joins: readonly Join[]
}

/** What one committed batch came to. */
export interface Report {
  readonly judged: number
  /** The feed's head. */
  readonly upTo: number
  /** New deliveries. */
  readonly owed: number
  /** New alerts. */
  readonly alerts: number
  /** Matches that opened an alert or joined one. */
  readonly matches: number
}

export interface JudgeEvents {
  /** A batch was committed. */
  judged(result: Report): void
  /** A rule threw while it was compiled or matched; the others went on. */
  ruleFailed(ruleId: string, error: unknown): void
}

interface CompiledRules {
  readonly revision: number
  readonly set: RuleSet<JudgedRule>
  /** Ids of the rules that can be asked; what the others said before stands. */
  readonly judging: ReadonlySet<string>
}

/** Transitions judged in one transaction: large enough to be fast, small enough that a rule edit waits briefly. */
const BATCH = 1_000

/** Judges what is stored and not yet judged, one batch and one judge at a time. */
export class Judge<Session extends JudgeSession = JudgeSession> {
  private compiled: CompiledRules | null = null

  constructor(
    private readonly store: JudgeStore<Session>,
    private readonly events: JudgeEvents,
  ) {}

  /** Judges until nothing is left. Answers how many transitions it judged. */
  async judgeAll(): Promise<number> {
    let total = 0
    for (;;) {
      const judged = await this.judgeBatch()
      total += judged
      if (judged < BATCH) return total
    }
  }

  /** Judges all that is stored by the rules as they stand, then runs `change` before anything else is judged. */
  async beforeChange<Result>(change: (session: Session) => Promise<Result>): Promise<Result> {
    await this.judgeAll()
    const { result, reports } = await this.store.session(async (session) => {
      const judged: Report[] = []
      for (;;) {
        const report = await this.judgeNext(session)
        if (report.judged === 0) break
        judged.push(report)
      }
      return { result: await change(session), reports: judged }
    })
    for (const report of reports) this.events.judged(report)
    return result
  }

  private async judgeBatch(): Promise<number> {
    const report = await this.store.session((session) => this.judgeNext(session))
    if (report.judged > 0) this.events.judged(report)
    return report.judged
  }

  private async judgeNext(session: JudgeSession): Promise<Report> {
    const { now, ruleRevision, transitions } = await session.next(BATCH)
    if (transitions.length === 0) return { judged: 0, upTo: 0, owed: 0, alerts: 0, matches: 0 }
    const { set, judging } = await this.rules(session, ruleRevision)
    const failing = new Set<string>()
    const matches = transitions.map((transition, index) =>
      this.matching(set, transition, (ruleId) => failing.add(`${ruleId} ${index}`)),
    )
    const { memory, thresholds } = await remember(session, transitions, matches)
    const newest = await session.newestAlerts(rulesWithCooldown(matches))
    const canAsk = (ruleId: string, index: number) =>
      judging.has(ruleId) && !failing.has(`${ruleId} ${index}`)
    const findings = evaluate(transitions, matches, memory, canAsk)
    const { alerts, joins } = settle(findings, newest, now)
    const outcome = {
      transitions,
      started: [...memory.verdicts.started.values()],
      stopped: [...memory.verdicts.stopped.values()],
      thresholds: thresholds.map((threshold) => threshold.change()),
      alerts,
      joins,
    }
    return {
      judged: transitions.length,
      alerts: alerts.length,
      matches: sum(alerts, (alert) => alert.matchCount) + sum(joins, (join) => join.matches),
      ...(await session.write(outcome)),
    }
  }

  private async rules(session: JudgeSession, revision: number): Promise<CompiledRules> {
    if (this.compiled?.revision === revision) return this.compiled
    const rules = await session.rules()
    const set = compileRules(rules)
    const judging = new Set(rules.map((rule) => rule.id))
    for (const { rule, error } of set.failures) {
      judging.delete(rule.id)
      this.events.ruleFailed(rule.id, error)
    }
    return (this.compiled = { revision, set, judging })
  }

  private matching(
    ruleSet: RuleSet<JudgedRule>,
    transition: JudgedTransition,
    onFailure: (ruleId: string) => void,
  ): readonly JudgedRule[] {
    const { matches, failures } = ruleSet.matching(transition.fact)
    for (const { rule, error } of failures) {
      onFailure(rule.id)
      this.events.ruleFailed(rule.id, error)
    }
    return matches
  }
}

function sum<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}

/** Loads what the rules that match something said before. */
async function remember(
  session: JudgeSession,
  transitions: readonly JudgedTransition[],
  matches: readonly (readonly JudgedRule[])[],
): Promise<{ memory: Memory; thresholds: Awaited<ReturnType<typeof loadThreshold>>[] }> {
  const seenBefore = transitions
    .filter((transition) => transition.addedPosition !== null)
    .map((transition) => transition.logId)
  const standing = seenBefore.length > 0 ? await session.standingVerdicts(seenBefore) : []
  const thresholds = []
  for (const [rule, matched] of matchedThresholds(transitions, matches))
    thresholds.push(await loadThreshold(session, rule, matched))
  const memory = {
    verdicts: new Verdicts(standing),
    windows: new Map(thresholds.map(({ rule, window }) => [rule.id, window])),
    counted: new Map(thresholds.map(({ rule, counted }) => [rule.id, counted])),
  }
  return { memory, thresholds }
}

function matchedThresholds(
  transitions: readonly JudgedTransition[],
  matches: readonly (readonly JudgedRule[])[],
): Map<JudgedRule, JudgedTransition[]> {
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

function rulesWithCooldown(matches: readonly (readonly JudgedRule[])[]): string[] {
  const rules = matches
    .flat()
    .filter((rule) => rule.patternType !== PatternType.THRESHOLD && rule.cooldownMinutes > 0)
  return [...new Set(rules.map((rule) => rule.id))]
}
