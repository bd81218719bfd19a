import type { LogFilter, LogType } from '../api/documents.js'
import { parametersWith, textsOf } from '../app/address-texts.js'
import { boundsOf, type When } from '../time/bounds.js'

/** Which logs the reader wants to see, as the address holds it. */
export interface LogChoice extends When {
  readonly types: readonly LogType[]
  /** In Twilio's spelling. */
  readonly statuses: readonly string[]
  readonly codes: readonly string[]
  readonly from: string
  readonly to: string
  readonly sid: string
  readonly search: string
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

const NAMES = ['type', 'status', 'code', 'from', 'to', 'sid', 'q', 'since', 'until'] as const

/** Reads an address; what makes no sense in it is passed over. */
export function choiceIn(parameters: URLSearchParams): LogChoice {
  const { type, status, code, q, ...texts } = textsOf(parameters, NAMES)
  return {
    ...texts,
    search: q,
    types: listIn(type).flatMap((given) => logTypes.filter((one) => one === given.toUpperCase())),
    statuses: listIn(status),
    codes: listIn(code),
  }
}

function listIn(text: string): readonly string[] {
  return text.split(',').filter((one) => one !== '')
}

/** Writes the choice into an address, whose other parameters stay. */
export function withChoice(parameters: URLSearchParams, choice: LogChoice): URLSearchParams {
  const { types, statuses, codes, search, ...texts } = choice
  const lists = { type: types.join(','), status: statuses.join(','), code: codes.join(',') }
  return parametersWith({ ...Object.fromEntries(parameters), ...lists, q: search, ...texts })
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
