import type { LogType } from '../sources/log.js'
import type { Fact } from './fact.js'
import type { PatternType } from './rule.js'

/**
 * What a fact must have for a pattern to be worth asking, so that the index skips the rest. A promise in one
 * direction only: a fact without it never matches; one with it may still not match.
 *
 * - `errorCodes`: one of these codes, or any code at all;
 * - `statuses`: one of these statuses, lower case;
 * - `literals`: a searched text that holds one of these, by `foldUnit`; or any text at all.
 */
export type Candidates =
  | 'any'
  | { readonly errorCodes: readonly string[] | 'any' }
  | { readonly statuses: readonly string[] }
  | { readonly literals: readonly string[] | 'any' }

/** One rule type, as its file declares it; `Parsed` is whatever it makes of a `patternValue`. */
export interface PatternDefinition<Parsed> {
  readonly type: PatternType
  /** @throws PatternError with every fault and its place */
  parse(value: string | null): Parsed
  candidates(parsed: Parsed): Candidates
  matches(fact: Fact, parsed: Parsed): boolean
  /** What can never match on logs of this type (null = any), in plain words and with what to do instead. */
  warnings(parsed: Parsed, logType: LogType | null): readonly string[]
}

/** One `patternValue`, read once and asked often. */
export interface Pattern {
  readonly candidates: Candidates
  matches(fact: Fact): boolean
  warnings(logType: LogType | null): readonly string[]
}

/** A rule type as the list of rule types knows it: what it parses to stays its own business. */
export interface PatternReader {
  readonly type: PatternType
  /** @throws PatternError with every fault and its place */
  read(value: string | null): Pattern
}

export function patternReader<Parsed>(definition: PatternDefinition<Parsed>): PatternReader {
  return {
    type: definition.type,
    read(value) {
      const parsed = definition.parse(value)
      return {
        candidates: definition.candidates(parsed),
        matches: (fact) => definition.matches(fact, parsed),
        warnings: (logType) => definition.warnings(parsed, logType),
      }
    },
  }
}
