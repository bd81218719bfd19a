import { errorCode } from './error-code.js'
import { PatternError } from './pattern-error.js'
import { patternReader, type Pattern, type PatternReader } from './pattern-type.js'
import { regex } from './regex.js'
import { PatternType } from './rule.js'
import { status } from './status.js'

/** What narrows the count, by the prefix that chooses it. */
const narrowing: ReadonlyMap<string, PatternReader> = new Map([
  ['code', errorCode],
  ['status', status],
  ['regex', regex],
])

/** Says which logs count towards a threshold: all of them (null), or those that another pattern matches. */
export const threshold = patternReader<Pattern | null>({
  type: PatternType.THRESHOLD,
  parse: parseNarrowing,
  candidates: (pattern) => pattern?.candidates ?? 'any',
  matches: (fact, pattern) => pattern?.matches(fact) ?? true,
  warnings: (pattern, logType) => pattern?.warnings(logType) ?? [],
})

function parseNarrowing(value: string | null): Pattern | null {
  if (value === null) return null
  const colon = value.indexOf(':')
  const prefix = value.slice(0, Math.max(colon, 0)).trim()
  const reader = narrowing.get(prefix)
  if (!reader)
    throw new PatternError([
      'must be absent (every log counts) or start with "code:", "status:" or "regex:", as in "code:30001,30003-30008"',
    ])
  try {
    return reader.read(value.slice(colon + 1))
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown
    throw new PatternError(thrown.faults.map((fault) => `after "${prefix}:", ${fault}`))
  }
}
