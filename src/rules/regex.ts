import { RE2JS, RE2JSSyntaxException } from 're2js'
import { LogType } from '../sources/log.js'
import { searchedTexts } from './fact.js'
import { PatternError } from './pattern-error.js'
import { patternReader } from './pattern-type.js'
import { requiredLiterals } from './required-literals.js'
import { PatternType } from './rule.js'

const MAX_PATTERN_LENGTH = 1_000
/**
 * In re2js's instructions; a pattern of plain characters needs about one for each. At this size a search through
 * 4,096 units was measured to take some 40 ms at worst, and in proportion beyond it.
 */
const MAX_PROGRAM_SIZE = 1_100

interface Regex {
  readonly source: string
  readonly compiled: RE2JS
}

/** Matches an RE2 pattern anywhere in the error message, then in the message body or alert text: linear time always. */
export const regex = patternReader<Regex>({
  type: PatternType.REGEX,
  parse: parseRegex,
  candidates: ({ source }) => ({ literals: requiredLiterals(source) ?? 'any' }),
  // `test` and not `matcher().find()`: without groups re2js can use its DFA, twice as fast.
  matches: (fact, { compiled }) => searchedTexts(fact).some((text) => compiled.test(text)),
  warnings: (_regex, logType) =>
    logType === LogType.CALL
      ? [
          'Calls carry neither an error message nor a text, so this can never match. Use a STATUS rule on calls, or another log type.',
        ]
      : [],
})

function parseRegex(value: string | null): Regex {
  if (value === null || value === '')
    throw new PatternError(['must be an RE2 pattern such as "(?i)timed? ?out"'])
  if (value.length > MAX_PATTERN_LENGTH)
    throw new PatternError([`is longer than ${MAX_PATTERN_LENGTH} characters`])
  const compiled = compile(value)
  if (compiled.programSize() > MAX_PROGRAM_SIZE)
    throw new PatternError([
      `is too large to search quickly: it compiles to ${compiled.programSize()} steps of ${MAX_PROGRAM_SIZE}; use smaller repeat counts`,
    ])
  return { source: value, compiled }
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (thrown) {
    if (!(thrown instanceof RE2JSSyntaxException)) throw thrown
    throw new PatternError([syntaxFault(source, thrown)])
  }
}

const NOT_IN_RE2 = /\(\?<?[=!]|\\[1-9]|[*+?}]\+/

function syntaxFault(source: string, thrown: RE2JSSyntaxException): string {
  const part = thrown.getPattern()
  const at = part === null ? -1 : source.indexOf(part)
  const place = at > 0 ? ` at character ${at + 1}` : ''
  const near = part !== null && part !== source ? ` ("${part}")` : ''
  const why = NOT_IN_RE2.test(source)
    ? '; RE2 has no look-ahead, look-behind, back-references or possessive repeats'
    : ''
  return `is not a valid RE2 pattern: ${thrown.getDescription()}${place}${near}${why}`
}
