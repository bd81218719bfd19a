import { LogType } from '../sources/log.js'
import { callStatuses, messageStatuses } from './known-statuses.js'
import { listEntries, refuseEntries } from './list-entries.js'
import { patternReader } from './pattern-type.js'
import { PatternType } from './rule.js'

/** Lower case, each once, in the order of the list. */
type Statuses = ReadonlySet<string>

const LONGEST_STATUS = 100

/** Matches the status: a comma list, case-insensitive. */
export const status = patternReader<Statuses>({
  type: PatternType.STATUS,
  parse: parseStatuses,
  candidates: (statuses) => ({ statuses: [...statuses] }),
  matches: (fact, statuses) => fact.status !== null && statuses.has(fact.status.toLowerCase()),
  warnings,
})

function parseStatuses(value: string | null): Statuses {
  const entries = listEntries(value, 'failed,undelivered')
  const faults = entries.flatMap(({ text, place }) => {
    if (text === '') return [`${place} names no status`]
    return text.length > LONGEST_STATUS ? [`${place} is longer than ${LONGEST_STATUS} characters`] : []
  })
  refuseEntries(faults)
  return new Set(entries.map(({ text }) => text.toLowerCase()))
}

function warnings(statuses: Statuses, logType: LogType | null): readonly string[] {
  switch (logType) {
    case LogType.CUSTOM:
      return []
    case LogType.CALL:
      return neverHad(statuses, 'call', callStatuses)
    case LogType.MESSAGE:
      return neverHad(statuses, 'message', messageStatuses)
    case null:
      return unknownToTwilio(statuses)
    default:
      return [
        'Monitor alerts have no status, so this can never match. Use an ERROR_CODE or REGEX rule, or the log type CALL or MESSAGE.',
      ]
  }
}

function neverHad(statuses: Statuses, noun: string, known: readonly string[]): readonly string[] {
  const never = [...statuses].filter((one) => !known.includes(one))
  if (never.length === 0) return []
  const end = never.length === statuses.size ? 'this can never match' : 'these entries never match'
  return [`No ${noun} ever has the status ${quoted(never)}, so ${end}. A ${noun} can be ${known.join(', ')}.`]
}

function unknownToTwilio(statuses: Statuses): readonly string[] {
  const unknown = [...statuses].filter((one) => !callStatuses.includes(one) && !messageStatuses.includes(one))
  if (unknown.length === 0) return []
  return [
    `Twilio has no status ${quoted(unknown)}: only logs of the type CUSTOM could match. Check the spelling; calls can be ${callStatuses.join(', ')}; messages ${messageStatuses.join(', ')}.`,
  ]
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}
