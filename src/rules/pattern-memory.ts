import type { Pattern } from './pattern-type.js'
import { readPattern } from './read-pattern.js'
import type { Matchable } from './rule-set.js'

/** Knows the patterns of the last set of rules again: who edits one rule of a thousand has one pattern read, not all of them. */
export class PatternMemory {
  private known: ReadonlyMap<string, Pattern> = new Map()

  /** Reads the patterns of the next set. What that set does not have is forgotten. */
  reader(): (rule: Matchable) => Pattern {
    const before = this.known
    const now = new Map<string, Pattern>()
    this.known = now
    return (rule) => {
      const key = JSON.stringify([rule.patternType, rule.patternValue])
      const pattern = now.get(key) ?? before.get(key) ?? readPattern(rule)
      now.set(key, pattern)
      return pattern
    }
  }
}
