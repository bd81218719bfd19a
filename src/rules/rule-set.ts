import type { LogType } from '../sources/log.js'
import type { Fact } from './fact.js'
import { PatternIndex } from './pattern-index.js'
import type { Pattern } from './pattern-type.js'
import { readPattern } from './read-pattern.js'
import type { Rule } from './rule.js'

/** What of a rule decides which facts it matches. */
export type Matchable = Pick<Rule, 'logType' | 'patternType' | 'patternValue'>

/** A rule that could not be asked, and what was thrown instead of an answer. */
export interface RuleFailure<R> {
  readonly rule: R
  readonly error: unknown
}

/** The rules that match one fact, in the order in which they were given. */
export interface Matching<R> {
  readonly matches: readonly R[]
  readonly failures: readonly RuleFailure<R>[]
}

/** Rules made ready to be asked about many facts; it never changes. */
export interface RuleSet<R extends Matchable> {
  /** The rules whose stored pattern cannot be read any more; they match nothing. */
  readonly failures: readonly RuleFailure<R>[]
  /** A rule that throws is among the failures and stops no other. */
  matching(fact: Fact): Matching<R>
  /** The same, one pattern a step: a search may take its time, and whoever asks may do something else in between. */
  matchingInSteps(fact: Fact): Generator<void, Matching<R>>
}

interface Placed<R> {
  readonly rule: R
  readonly place: number
}

/** Rules that say the same: asked once for all of them. */
interface Group<R> {
  readonly pattern: Pattern
  readonly members: Placed<R>[]
}

/**
 * Reads and indexes `rules`, so that a fact costs what the rules that could match it cost, not what all of them
 * do. Every rule given takes part: leaving out disabled and deleted ones is the caller's decision.
 *
 * @param read how a stored pattern is read; whoever compiles again and again may remember what it read before.
 */
export function compileRules<R extends Matchable>(
  rules: readonly R[],
  read: (rule: Matchable) => Pattern = readPattern,
): RuleSet<R> {
  return result(compileInSteps(rules, read))
}

/** The same, one pattern a step: thirty of the slowest take 70 ms to read. */
export function* compileInSteps<R extends Matchable>(
  rules: readonly R[],
  read: (rule: Matchable) => Pattern,
): Generator<void, RuleSet<R>> {
  const indexes = new Map<LogType | null, PatternIndex<Group<R>>>()
  const failures: RuleFailure<R>[] = []
  for (const members of sameRules(rules)) {
    const { rule } = members[0]!
    try {
      const pattern = read(rule)
      const index = indexes.get(rule.logType) ?? new PatternIndex<Group<R>>()
      indexes.set(rule.logType, index)
      index.add({ pattern, members }, pattern.candidates)
    } catch (error) {
      failures.push(...members.map((member) => ({ rule: member.rule, error })))
    }
    yield
  }
  return {
    failures,
    matching: (fact) => result(matching(indexes, fact)),
    matchingInSteps: (fact) => matching(indexes, fact),
  }
}

function sameRules<R extends Matchable>(rules: readonly R[]): Iterable<Placed<R>[]> {
  const groups = new Map<string, Placed<R>[]>()
  for (const [place, rule] of rules.entries()) {
    const key = JSON.stringify([rule.logType, rule.patternType, rule.patternValue])
    const members = groups.get(key)
    if (members) members.push({ rule, place })
    else groups.set(key, [{ rule, place }])
  }
  return groups.values()
}

function* matching<R>(
  indexes: ReadonlyMap<LogType | null, PatternIndex<Group<R>>>,
  fact: Fact,
): Generator<void, Matching<R>> {
  const matches: Placed<R>[] = []
  const failures: RuleFailure<R>[] = []
  for (const index of [indexes.get(null), indexes.get(fact.logType)]) {
    for (const { pattern, members } of index?.candidates(fact) ?? []) {
      try {
        if (pattern.matches(fact)) matches.push(...members)
      } catch (error) {
        failures.push(...members.map(({ rule }) => ({ rule, error })))
      }
      yield
    }
  }
  return { matches: matches.sort((a, b) => a.place - b.place).map(({ rule }) => rule), failures }
}

/** What the steps come to. */
function result<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
