import type { LogFilter, LogType } from '../api/documents.js'

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

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The moment from which on logs are wanted, ISO 8601; null = from the beginning. `now` in milliseconds. */
export function sinceOf(since: string, now: number): string | null {
  const span = /^(\d{1,4})([mhd])$/.exec(since)
  if (span) return new Date(now - Number(span[1]) * (UNIT_MS[span[2] ?? ''] ?? 0)).toISOString()
  return Number.isNaN(Date.parse(since)) ? null : new Date(since).toISOString()
}

/** The choice as the API's filter; what is not chosen is left out. */
export function filterOf(choice: LogChoice, now: number): LogFilter {
  const since = sinceOf(choice.since, now)
  const until = Number.isNaN(Date.parse(choice.until)) ? null : new Date(choice.until).toISOString()
  return {
    ...(choice.types.length > 0 && { logType: choice.types }),
    ...(choice.statuses.length > 0 && { status: choice.statuses }),
    ...(choice.codes.length > 0 && { errorCode: choice.codes }),
    ...(choice.from !== '' && { fromNumber: choice.from }),
    ...(choice.to !== '' && { toNumber: choice.to }),
    ...(choice.sid !== '' && { twilioSid: [choice.sid] }),
    ...(choice.search !== '' && { search: choice.search }),
    ...(since !== null && { since }),
    ...(until !== null && { until }),
  }
}

/** Whether a log that is in the list may leave it by a change; type, numbers, SID and time stay as they are. */
export function mayLose(filter: LogFilter): boolean {
  return filter.status !== undefined || filter.errorCode !== undefined || filter.search !== undefined
}
