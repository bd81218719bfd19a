import type { JudgedRule, JudgedTransition } from '../rules/evaluate.js'
import { compileRules, type RuleSet } from '../rules/rule-set.js'
import { judgeBatch, type JudgedBefore, type Outcome } from './judge-batch.js'

/** The storage that judging needs. */
export interface JudgeStore<Session extends JudgeSession = JudgeSession> {
  /** Runs `work` in one transaction that nobody else in the cluster judges, or changes rules, beside. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>
}

export interface JudgeSession extends JudgedBefore {
  /** The next transitions to judge, in order, with the database's clock and the revision of the rules. */
  next(limit: number): Promise<{ now: Date; ruleRevision: number; transitions: JudgedTransition[] }>
  /** Rules that judge now: enabled and not deleted. */
  rules(): Promise<JudgedRule[]>
  /** Marks the transitions judged, tells the feed, and writes what follows. Answers the feed's head and how many deliveries are owed. */
  write(outcome: Outcome): Promise<{ upTo: number; owed: number }>
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
    const outcome = await judgeBatch(session, {
      transitions,
      matches,
      isJudging: (ruleId, index) => judging.has(ruleId) && !failing.has(`${ruleId} ${index}`),
      clock: () => now,
    })
    const { alerts, joins } = outcome
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
