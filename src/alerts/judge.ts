import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../errors.js'
import type { JudgedRule, JudgedTransition } from '../rules/evaluate.js'
import { PatternMemory } from '../rules/pattern-memory.js'
import { compileInSteps, type RuleSet } from '../rules/rule-set.js'
import { judgeBatch, type JudgedBefore, type Outcome } from './judge-batch.js'
import { Pace } from '../pace.js'
import { deadlyAmong, type Suspects, toTakeInHand } from './suspects.js'

/** The storage that judging needs. */
export interface JudgeStore<Session extends JudgeSession = JudgeSession> {
  /** Runs `work` in one transaction that nobody else in the cluster judges, or changes rules, beside. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>
  /** Whether a failure may be gone at the next try. */
  mayPass(failure: unknown): boolean
}

export interface JudgeSession extends JudgedBefore {
  /** The next transitions to judge behind that one, in order, of all or of those. */
  next(limit: number, behind: number, among: readonly number[] | null): Promise<Next>
  /** Rules that judge now: enabled and not deleted. */
  rules(): Promise<JudgedRule[]>
  /** Marks the transitions judged, tells the feed, and writes what follows. Answers the feed's head and how many new deliveries are to be sent. */
  write(outcome: Outcome): Promise<{ upTo: number; owed: number }>
  /** Notes why no rule has seen a transition; false where it is judged by now. */
  setAside(transitionId: number, reason: string): Promise<boolean>
  /** The newest transition that is stored, by its id; 0 where there is none. */
  newest(): Promise<number>
  /** Transitions at which somebody died. What is still noted as in hand counts as such from now on. */
  suspects(): Promise<Suspects>
  /** The next transitions to judge behind the one and up to the other, in order, by their ids. */
  waiting(limit: number, behind: number, upTo: number): Promise<number[]>
  /** Runs `work` with the note, committed before, that these are in hand: it stays where the process dies. */
  noting<Result>(transitionIds: readonly number[], work: () => Promise<Result>): Promise<Result>
  /** A statement that asks for nothing: meanwhile others are served in this process, and the database sees that its holder lives. */
  breathe(): Promise<void>
}

/** What is to be judged next, with the database's clock and the revision of the rules. */
export interface Next {
  readonly now: Date
  readonly ruleRevision: number
  /** Whether somebody died at some transition. */
  readonly isAnySuspected: boolean
  readonly transitions: JudgedTransition[]
}

/** What one committed batch came to. */
export interface Report {
  readonly judged: number
  /** The feed's head. */
  readonly upTo: number
  /** New deliveries that are to be sent: what was folded as it was made is none of them. */
  readonly owed: number
  /** New alerts. */
  readonly alerts: number
  /** Matches that opened an alert or joined one. */
  readonly matches: number
}

export interface JudgeEvents {
  /** A batch was committed. */
  judged(result: Report): void
  /** A rule threw while it was matched, or cannot be compiled, which is told with each batch; the others went on. */
  ruleFailed(ruleId: string, error: unknown): void
  /** A status could not be judged, and no rule ever sees it; those after it are. */
  setAside(transition: JudgedTransition, failure: unknown): void
}

interface CompiledRules {
  readonly revision: number
  readonly set: RuleSet<JudgedRule>
  /** Ids of the rules that can be asked; what the others said before stands. */
  readonly judging: ReadonlySet<string>
}

/** Transitions judged in one transaction: at first and at most, where batches are quick, and at least, where they are slow. */
const LARGEST_BATCH = 1_000
const SMALLEST_BATCH = 50
/** Transitions that are noted together at most: after a death each of them is judged alone. */
const NOTED_BATCH = 100
/**
 * How long a transaction should hold the judge's lock, in milliseconds: rule edits and the ends of deliveries wait for it, so that in a
 * storm sending would be as slow as judging; but what a transaction costs besides its rows is some 50 ms.
 */
const HOLDING_MS = 250
/**
 * How long a batch is matched, in milliseconds; what was matched by then is judged. A search may take 40 ms, so slow patterns make
 * batches small: edits and deliveries wait for the judge's lock, and what is judged stays so whatever comes next.
 */
const MATCHING_MS = 1_000

/** Tries of a transition that cannot be judged, and the pause after the first, in milliseconds; each is twice as long as the one before. */
const TRIES = 5
const PAUSE_MS = 100
/** Transitions that are tried behind one that cannot be judged, until one of them can. */
const TRIED_BEHIND = 20

/** The beginning of a batch, as far as there was time for. */
interface Matched {
  readonly transitions: readonly JudgedTransition[]
  /** For each of them, the rules that match it. */
  readonly matches: readonly (readonly JudgedRule[])[]
  /** Rules that threw, each with the index of the transition at which they did. */
  readonly failing: ReadonlySet<string>
}

interface Judged {
  readonly report: Report
  /** Whether more was waiting when this was judged. */
  readonly isMoreWaiting: boolean
}

/** A transition that kills, found before it was judged. */
interface Deadly {
  readonly deadly: JudgedTransition
  readonly failure: Error
}

/**
 * Judges what is stored and not yet judged, one batch and one judge at a time.
 *
 * Whoever dies while judging leaves no trace, but is started again: so what waits at a start is noted before it is judged, in small
 * batches. A note that outlasts its judge makes what was in hand suspect, and every process judges suspects one by one, until there is none
 * or one has killed often enough. While nobody dies, nothing is noted.
 */
export class Judge<Session extends JudgeSession = JudgeSession> {
  private compiled: CompiledRules | null = null
  private readonly patterns = new PatternMemory()
  private batch = LARGEST_BATCH
  /** What is being judged. */
  private inHand: readonly JudgedTransition[] = []
  /** Whether it is noted what is in hand. */
  private isCareful = true
  /** What an earlier process may have died at is not newer than this one; null before the first look. */
  private newestAtStart: number | null = null

  constructor(
    private readonly store: JudgeStore<Session>,
    private readonly events: JudgeEvents,
    /** Milliseconds that never go back: how long matching takes. */
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Judges until nothing is left, or the batch after which `signal` says to stop. Answers how many transitions it judged. */
  async judgeAll(signal?: AbortSignal): Promise<number> {
    let total = 0
    for (;;) {
      const { report, isMoreWaiting } = await this.judgeSome()
      if (report.judged > 0) this.events.judged(report)
      total += report.judged
      if (!isMoreWaiting || signal?.aborted) return total
    }
  }

  /** Judges all that is stored by the rules as they stand, then runs `change` before anything else is judged. */
  async beforeChange<Result>(change: (session: Session) => Promise<Result>): Promise<Result> {
    const isStuck = !(await this.canJudgeAll())
    const { result, reports } = await this.store.session(async (session) => {
      const judged = isStuck ? [] : await this.judgeIn(session)
      return { result: await change(session), reports: judged }
    })
    for (const report of reports) this.events.judged(report)
    return result
  }

  /** A batch that fails is tried in ever smaller parts: what cannot be judged must not hold up all that comes after it. */
  private async judgeSome(): Promise<Judged> {
    for (let tries = 1; ;) {
      this.inHand = []
      try {
        return await this.judgeOnce()
      } catch (failure) {
        const [first, ...others] = this.inHand
        if (!first || this.store.mayPass(failure)) throw failure
        if (others.length > 0) this.batch = Math.ceil(others.length / 2)
        else if (tries < TRIES) await pause(PAUSE_MS * 2 ** (tries++ - 1))
        else return this.setAside(first, failure)
      }
    }
  }

  /** Judges a batch behind that transition; one that kills is passed over instead, in its turn. */
  private async judgeOnce(behind = 0): Promise<Judged> {
    const judged = await this.store.session((session) =>
      this.isCareful ? this.judgeCarefully(session, behind) : this.judgeNext(session, { behind }),
    )
    return 'deadly' in judged ? this.passOver(judged.deadly, judged.failure) : judged
  }

  private async judgeCarefully(session: JudgeSession, behind: number): Promise<Judged | Deadly> {
    this.newestAtStart ??= await session.newest()
    const suspects = await session.suspects()
    const found = behind === 0 ? deadlyAmong(suspects) : null
    if (found) {
      const [deadly] = (await session.next(1, 0, [found.id])).transitions
      if (deadly) return { deadly, failure: found.failure }
    }
    const upTo = suspects.size > 0 ? Number.MAX_SAFE_INTEGER : this.newestAtStart
    const waiting = await session.waiting(Math.min(this.batch, NOTED_BATCH), behind, upTo)
    const among = toTakeInHand(waiting, suspects)
    if (among.length > 0) return session.noting(among, () => this.judgeNext(session, { among }))
    this.isCareful = behind > 0
    return this.judgeNext(session, { behind })
  }

  /** Only where something after it can be judged: else it is not the transition that is at fault. */
  private async setAside(transition: JudgedTransition, failure: unknown): Promise<Judged> {
    const report = await this.judgeBehind(transition, failure)
    this.events.judged(report)
    return this.passOver(transition, failure)
  }

  private async passOver(transition: JudgedTransition, failure: unknown): Promise<Judged> {
    const written = await this.store.session(async (session) =>
      (await session.setAside(transition.id, messageOf(failure)))
        ? session.write({ ...noFindings, transitions: [transition] })
        : null,
    )
    // Else another process has judged it by now, or set it aside.
    if (written) this.events.setAside(transition, failure)
    return {
      report: { ...nothing.report, ...(written ? { judged: 1, ...written } : {}) },
      isMoreWaiting: true,
    }
  }

  /** Judges the first transition behind one that can be judged; neighbours often cannot for the same reason. */
  private async judgeBehind(transition: JudgedTransition, failure: unknown): Promise<Report> {
    let behind = transition.id
    for (let tried = 0; tried < TRIED_BEHIND; tried++) {
      this.inHand = []
      try {
        const { report } = await this.judgeOnce(behind)
        if (report.judged > 0) return report
        break
      } catch (next) {
        const [first] = this.inHand
        if (!first || this.store.mayPass(next)) throw next
        behind = first.id
      }
    }
    throw failure
  }

  /** Judges in a transaction until nothing is left. */
  private async judgeIn(session: JudgeSession): Promise<Report[]> {
    const judged: Report[] = []
    for (;;) {
      const { report } = await this.judgeNext(session)
      if (report.judged === 0) return judged
      judged.push(report)
    }
  }

  /** Judges all; false where that fails for good. Rules can be changed all the same then: one of them may be the reason. */
  private async canJudgeAll(): Promise<boolean> {
    try {
      await this.judgeAll()
      return true
    } catch (failure) {
      if (this.store.mayPass(failure)) throw failure
      return false
    }
  }

  private async judgeNext(
    session: JudgeSession,
    { behind = 0, among = null }: { behind?: number; among?: readonly number[] | null } = {},
  ): Promise<Judged> {
    const begunAt = this.clock()
    const limit = this.batch
    this.inHand = []
    const { now, ruleRevision, isAnySuspected, transitions: next } = await session.next(limit, behind, among)
    if (isAnySuspected && !among) {
      this.isCareful = true
      return { ...nothing, isMoreWaiting: true }
    }
    this.inHand = next
    if (next.length === 0) return nothing
    const { set, judging } = await this.rules(session, ruleRevision)
    for (const { rule, error } of set.failures) this.events.ruleFailed(rule.id, error)
    const pace = this.paceOf(session)
    const { transitions, matches, failing } = await this.match(set, next, pace)
    const outcome = await judgeBatch(session, {
      transitions,
      matches,
      isJudging: (ruleId, index) => judging.has(ruleId) && !failing.has(`${ruleId} ${index}`),
      clock: () => now,
      pace,
    })
    const { alerts, joins } = outcome
    const report = {
      judged: transitions.length,
      alerts: alerts.length,
      matches: sum(alerts, (alert) => alert.matchCount) + sum(joins, (join) => join.matches),
      ...(await session.write(outcome)),
    }
    this.batch = nextBatch(limit, transitions.length, this.clock() - begunAt)
    const isMoreWaiting = among !== null || transitions.length < next.length || next.length === limit
    return { report, isMoreWaiting }
  }

  private async rules(session: JudgeSession, revision: number): Promise<CompiledRules> {
    if (this.compiled?.revision === revision) return this.compiled
    const rules = await session.rules()
    const set = await this.paceOf(session).through(compileInSteps(rules, this.patterns.reader()))
    const judging = new Set(rules.map((rule) => rule.id))
    for (const { rule } of set.failures) judging.delete(rule.id)
    return (this.compiled = { revision, set, judging })
  }

  private async match(
    set: RuleSet<JudgedRule>,
    transitions: readonly JudgedTransition[],
    pace: Pace,
  ): Promise<Matched> {
    const matches: (readonly JudgedRule[])[] = []
    const failing = new Set<string>()
    for (const [index, { fact }] of transitions.entries()) {
      const matching = await pace.through(set.matchingInSteps(fact))
      matches.push(matching.matches)
      for (const { rule, error } of matching.failures) {
        failing.add(`${rule.id} ${index}`)
        this.events.ruleFailed(rule.id, error)
      }
      if (pace.elapsedMs >= MATCHING_MS) break
    }
    return { transitions: transitions.slice(0, matches.length), matches, failing }
  }

  private paceOf(session: JudgeSession): Pace {
    return new Pace(() => session.breathe(), this.clock)
  }
}

/** After a transaction that held the lock for too long as many as would have fitted; twice as many again where those fit as well. */
function nextBatch(limit: number, judged: number, tookMs: number): number {
  if (tookMs > HOLDING_MS) return Math.max(SMALLEST_BATCH, Math.floor((judged * HOLDING_MS) / tookMs))
  return 2 * tookMs > HOLDING_MS ? limit : Math.min(LARGEST_BATCH, limit * 2)
}

const noFindings: Omit<Outcome, 'transitions'> = {
  started: [],
  stopped: [],
  thresholds: [],
  alerts: [],
  joins: [],
  logs: [],
  stretches: [],
}

const nothing: Judged = {
  report: { judged: 0, upTo: 0, owed: 0, alerts: 0, matches: 0 },
  isMoreWaiting: false,
}

function sum<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}
