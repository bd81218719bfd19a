import { LogType } from '../sources/log.js'
import { CodeList } from './code-list.js'
import { patternReader } from './pattern-type.js'
import { PatternType } from './rule.js'

/** Up to so many codes a list stands in the index code by code; a larger one is asked about every coded fact. */
const INDEXED_CODES = 50

/** Matches the error code: a comma list with ranges and exclusions; see `CodeList`. */
export const errorCode = patternReader<CodeList>({
  type: PatternType.ERROR_CODE,
  parse: (value) => CodeList.parse(value),
  candidates: (list) => ({ errorCodes: list.codes(INDEXED_CODES) ?? 'any' }),
  matches: (fact, list) => fact.errorCode !== null && list.has(fact.errorCode),
  warnings,
})

function warnings(list: CodeList, logType: LogType | null): readonly string[] {
  if (list.isEmpty())
    return [
      'This list excludes every code it names, so it can never match. Drop the exclusions you do not need.',
    ]
  if (logType !== LogType.CALL) return logType === LogType.CUSTOM ? [] : unknownToTwilio(list, logType)
  if (list.isWithin(30_000, 30_999))
    return [
      'Codes 30000 to 30999 belong to messages, and calls carry no error code at all: this can never match. Use the log type MESSAGE.',
    ]
  return [
    'Calls carry no error code, so this can never match: Twilio reports why a call failed as a monitor alert. Use the log type ERROR or WARNING, or a STATUS rule such as "failed,busy,no-answer" on calls.',
  ]
}

function unknownToTwilio(list: CodeList, logType: LogType | null): readonly string[] {
  const { entries, areAll } = list.foreign()
  if (entries.length === 0) return []
  const quoted = entries.map((entry) => `"${entry}"`).join(', ')
  const end =
    logType === null
      ? 'only logs of the type CUSTOM could match'
      : areAll
        ? 'this can never match'
        : 'these entries never match'
  return [
    `Twilio has no error code ${quoted}: ${end}. Its codes are plain numbers from 10001 on, such as 30003; check the spelling.`,
  ]
}
