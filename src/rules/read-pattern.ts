import { patternTypes } from './index.js'
import { PatternError } from './pattern-error.js'
import type { Pattern } from './pattern-type.js'
import type { Rule } from './rule.js'

const readers = new Map(patternTypes.map((reader) => [reader.type, reader]))

/**
 * Reads the pattern of a rule.
 * @throws PatternError when its value cannot be read, or its type is none that this version knows
 */
export function readPattern({
  patternType,
  patternValue,
}: Pick<Rule, 'patternType' | 'patternValue'>): Pattern {
  const reader = readers.get(patternType)
  if (!reader) throw new PatternError([`there is no rule type "${patternType}"`])
  return reader.read(patternValue)
}
