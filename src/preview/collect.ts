import type { JudgedRule } from '../rules/evaluate.js'
import type { Fact } from '../rules/fact.js'
import { readPattern } from '../rules/read-pattern.js'
import { compileRules, type RuleSet } from '../rules/rule-set.js'
import { PatternType } from '../rules/rule.js'
import type { Span } from '../sources/time-buckets.js'
import type { History, PastLog, PastState } from './history.js'
import { isOlder, NEWER_THAN_RULE, OLDER_THAN_RULE, type Replayed } from './replayed.js'

/** What a rule is to be shown of the past. */
export interface Wanted {
  readonly rule: JudgedRule
  readonly span: Span
  /** Judges logs of a source's first sweep as if they had been read when they came to be. */
  readonly includeBackfilled: boolean
  /** What is judged of a text; null = all of it. */
  readonly textAsJudged: ((text: string) => string) | null
}

/** What has to be judged once more. */
export interface Collected {
  /** In the order of judging. */
  readonly replayed: readonly Replayed[]
  /** Logs of the rule's type in the span. */
  readonly logCount: number
  /** Matching logs that fire nothing because the first sweep of their source read them. */
  readonly silentCount: number
  /** The error of the first state about which the rule could not be asked. */
  readonly failure: unknown
  /** Why not everything was looked at, and back to when it was; null where it was. */
  readonly cut: { readonly reason: 'time' | 'size'; readonly from: Date } | null
}

/** States kept at most: it bounds the memory that one preview takes, to some 100 MB. */
const MOST_KEPT = 250_000

/**
 * Finds, from the newest log to the oldest, those that match at any time. Only they can make a rule say anything: a log that it has
 * not judged counts as not matching.
 *
 * @param isOver asked between slices: whether there is no more time.
 */
export async function collect(history: History, wanted: Wanted, isOver: () => boolean): Promise<Collected> {
  const { rule, span } = wanted
  const reader = new PastReader(wanted)
  let logCount = 0
  let cut: Collected['cut'] = null
  const { candidates } = readPattern(rule)
  scan: for (const { since, until } of stretches(rule, span)) {
    for await (const slice of history.slices({ logType: rule.logType, candidates, since, until })) {
      for (const log of slice.logs) reader.read(log)
      if (since >= span.since) logCount += slice.logCount
      const reason = reader.replayed.length > MOST_KEPT ? 'size' : isOver() ? 'time' : null
      if (reason === null) continue
      cut = { reason, from: new Date(slice.from) }
      break scan
    }
  }
  const { silentCount, failure } = reader
  const replayed = reader.replayed.sort(wanted.includeBackfilled ? byClock : byId)
  return { replayed, logCount, silentCount, failure, cut }
}

/** The span, and before it what still counts in windows that reach into it. */
function stretches(rule: JudgedRule, span: Span): Span[] {
  if (rule.patternType !== PatternType.THRESHOLD) return [span]
  const width = (rule.thresholdWindowMinutes ?? 0) * 60_000
  return [span, { since: new Date(span.since.getTime() - width), until: span.since }]
}

/** Asks the rule about logs and keeps what may matter. */
class PastReader {
  readonly replayed: Replayed[] = []
  silentCount = 0
  failure: unknown = null
  private readonly ruleSet: RuleSet<JudgedRule>

  constructor(private readonly wanted: Wanted) {
    this.ruleSet = compileRules([wanted.rule])
  }

  read(log: PastLog): void {
    const isOld = log.time < this.wanted.span.since.getTime()
    const kept: Replayed[] = []
    let isComplete = !log.states.some(({ completes }) => completes)
    for (const state of log.states) {
      // What is known of a log by a webhook alone has no text: judging saw none either.
      isComplete ||= state.completes
      const matches = this.ask(factOf(log, state, isComplete))
      if (matches !== true && kept.length === 0) continue
      kept.push(toReplayed(log, state, matches, isOld, this.wanted.includeBackfilled))
      // A threshold counts a log once, whatever else it passes through.
      if (this.wanted.rule.patternType === PatternType.THRESHOLD) break
    }
    if (!isOld && kept[0]?.first && kept[0].backfilled) this.silentCount += 1
    this.replayed.push(...kept)
  }

  /** null where the rule throws instead of answering. */
  private ask(fact: Fact): boolean | null {
    const { matches, failures } = this.ruleSet.matching(this.asJudged(fact))
    const [failure] = failures
    if (!failure) return matches.length > 0
    this.failure ??= failure.error
    return null
  }

  private asJudged(fact: Fact): Fact {
    const read = this.wanted.textAsJudged
    if (read === null) return fact
    const { errorMessage, text } = fact
    return { ...fact, errorMessage: errorMessage && read(errorMessage), text: text && read(text) }
  }
}

/** As live: in the order of storing, after what is older than the rule. */
function byId(a: Replayed, b: Replayed): number {
  return Number(isOlder(b)) - Number(isOlder(a)) || a.id - b.id
}

function byClock(a: Replayed, b: Replayed): number {
  return Number(isOlder(b)) - Number(isOlder(a)) || a.clock - b.clock || a.id - b.id
}

function factOf(
  { logType, text }: PastLog,
  { status, errorCode, errorMessage }: PastState,
  hasText: boolean,
): Fact {
  return { logType, status, errorCode, errorMessage, text: hasText ? text : null }
}

function toReplayed(
  log: PastLog,
  state: PastState,
  matches: boolean | null,
  isOld: boolean,
  includeBackfilled: boolean,
): Replayed {
  const asItCame = includeBackfilled && log.backfilled && state.first
  return {
    id: state.id,
    logId: log.id,
    twilioSid: log.twilioSid,
    time: log.time,
    // What was searched has been searched: only what a summary says is kept.
    fact: factOf(log, state, false),
    first: state.first,
    completes: state.completes,
    backfilled: log.backfilled && !includeBackfilled,
    addedPosition: isOld ? OLDER_THAN_RULE : state.first ? null : NEWER_THAN_RULE,
    matches,
    clock: asItCame ? Math.min(log.time, state.at) : state.at,
  }
}
