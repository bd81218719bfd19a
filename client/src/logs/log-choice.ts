import type { LogFilter, LogType } from '../api/documents.js'
import { boundsOf } from '../time/bounds.js'

/** Which logs the reader wants to see, as the address holds it. */
export interface LogChoice {
  readonly types: readonly LogType[]
  /** In Twilio's spelling. */
  readonly statuses: readonly string[]
  readonly codes: readonly string[]
  readonly from: string
  readonly to: string
  readonly sid: string
  readonly search: string
  /** A span up to now (`1h`), a moment (ISO 8601), or empty: from the beginning. */
  readonly since: string
  /** A moment (ISO 8601), or empty: up to now. */
  readonly until: string
}

export const everyLog: LogChoice = {
  types: [],
  statuses: [],
  codes: [],
  from: '',
  to: '',
  sid: '',
  search: '',
  since: '',
  until: '',
}

export const logTypes: readonly LogType[] = [
  'MESSAGE',
  'CALL',
  'ERROR',
  'WARNING',
  'NOTICE',
  'DEBUG',
  'CUSTOM',
]

const LIST = ['types', 'statuses', 'codes'] as const
const TEXT = ['from', 'to', 'sid', 'search', 'since', 'until'] as const
/** How each is called in the address. */
const names = {
  types: 'type',
  statuses: 'status',
  codes: 'code',
  from: 'from',
  to: 'to',
  sid: 'sid',
  search: 'q',
  since: 'since',
  until: 'until',
} as const satisfies Record<keyof LogChoice, string>

/** Reads an address; what makes no sense in it is passed over. */
export function choiceIn(parameters: URLSearchParams): LogChoice {
  const list = (name: string): string[] => (parameters.get(name) ?? '').split(',').filter((one) => one !== '')
  const text = Object.fromEntries(TEXT.map((field) => [field, parameters.get(names[field]) ?? '']))
  return {
    ...everyLog,
    ...text,
    types: list(names.types)
      .map((type) => type.toUpperCase() as LogType)
      .filter((type) => logTypes.includes(type)),
    statuses: list(names.statuses),
    codes: list(names.codes),
  }
}

/** Writes the choice into an address, whose other parameters stay. */
export function withChoice(parameters: URLSearchParams, choice: LogChoice): URLSearchParams {
  const written = new URLSearchParams(parameters)
  const set = (field: keyof LogChoice, value: string): void =>
    value === '' ? written.delete(names[field]) : written.set(names[field], value)
  for (const field of LIST) set(field, choice[field].join(','))
  for (const field of TEXT) set(field, choice[field])
  return written
}

/** Whether nothing is chosen, so that none is left out. */
export function isEveryLog(choice: LogChoice): boolean {
  return withChoice(new URLSearchParams(), choice).size === 0
}

/** The choice as the API's filter; what is not chosen is left out. */
export function filterOf(choice: LogChoice, now: number): LogFilter {
  return {
    ...(choice.types.length > 0 && { logType: choice.types }),
    ...(choice.statuses.length > 0 && { status: choice.statuses }),
    ...(choice.codes.length > 0 && { errorCode: choice.codes }),
    ...(choice.from !== '' && { fromNumber: choice.from }),
    ...(choice.to !== '' && { toNumber: choice.to }),
    ...(choice.sid !== '' && { twilioSid: [choice.sid] }),
    ...(choice.search !== '' && { search: choice.search }),
    ...boundsOf(choice, now),
  }
}

/** Whether a log that is in the list may leave it by a change; type, numbers, SID and time stay as they are. */
export function mayLose(filter: LogFilter): boolean {
  return filter.status !== undefined || filter.errorCode !== undefined || filter.search !== undefined
}
