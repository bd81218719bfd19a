import type { Log, LogType } from '../sources/log.js'
import type { Conditions } from './conditions.js'
import { type Given, listed } from './given.js'

/** Which logs are wanted; what is left out, null or an empty list excludes nothing. */
export type LogFilter = Given<{
  readonly logType: readonly LogType[]
  /** Compared without case. */
  readonly status: readonly string[]
  readonly errorCode: readonly string[]
  readonly twilioSid: readonly string[]
  readonly accountSid: readonly string[]
  readonly fromNumber: string
  readonly toNumber: string
  /** Any part, without case, of the error message, the text, the SID, the numbers or the error code. */
  readonly search: string
  readonly processed: boolean
  /** Inclusive. */
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}>

/** The filter for a page: said to the database. `matchesLog` says the same of one row. */
export function addLogFilter(filter: LogFilter, where: Conditions): void {
  const [logType, status] = [listed(filter.logType), listed(filter.status)]
  if (logType) where.andOneOf('log_type', logType)
  if (status) where.andOneOf('lower(status)', status.map(lowerCase))
  const [errorCode, twilioSid, accountSid] = [filter.errorCode, filter.twilioSid, filter.accountSid].map(
    listed,
  )
  if (errorCode) where.andOneOf('error_code', errorCode)
  if (twilioSid) where.andOneOf('twilio_sid', twilioSid)
  if (accountSid) where.andOneOf('account_sid', accountSid)
  if (filter.fromNumber != null) where.and(`from_number = ${where.bind(filter.fromNumber)}`)
  if (filter.toNumber != null) where.and(`to_number = ${where.bind(filter.toNumber)}`)
  if (filter.search != null) addSearch(filter.search, where)
  if (filter.processed != null) where.and(`processed = ${where.bind(filter.processed)}`)
  if (filter.since != null) where.and(`timestamp >= ${where.bind(filter.since)}`)
  if (filter.until != null) where.and(`timestamp < ${where.bind(filter.until)}`)
}

/** The filter for an event: said of one row. `addLogFilter` says the same to the database. */
export function matchesLog(filter: LogFilter, log: Log): boolean {
  return (
    isListed(filter.logType, log.logType) &&
    isListed(filter.status?.map(lowerCase), log.status && lowerCase(log.status)) &&
    isListed(filter.errorCode, log.errorCode) &&
    isListed(filter.twilioSid, log.twilioSid) &&
    isListed(filter.accountSid, log.accountSid) &&
    isEqual(filter.fromNumber, log.fromNumber) &&
    isEqual(filter.toNumber, log.toNumber) &&
    (filter.search == null || isFound(filter.search, log)) &&
    isEqual(filter.processed, log.processed) &&
    (filter.since == null || log.timestamp >= filter.since) &&
    (filter.until == null || log.timestamp < filter.until)
  )
}

function addSearch(search: string, where: Conditions): void {
  const pattern = where.bind(`%${search.replace(/[\\%_]/g, '\\$&')}%`)
  const columns = ['error_message', 'text', 'twilio_sid', 'from_number', 'to_number', 'error_code']
  // A log without words has NULLs there; coalesce keeps the answer a plain yes or no, also under a later NOT.
  where.and(`(${columns.map((column) => `coalesce(${column}, '') ILIKE ${pattern}`).join(' OR ')})`)
}

function isFound(search: string, log: Log): boolean {
  const wanted = lowerCase(search)
  const searched = [log.errorMessage, log.text, log.twilioSid, log.fromNumber, log.toNumber, log.errorCode]
  return searched.some((text) => lowerCase(text ?? '').includes(wanted))
}

function isListed<Value>(wanted: readonly Value[] | null | undefined, value: Value | null): boolean {
  const values = listed(wanted)
  return values === null || (value !== null && values.includes(value))
}

function isEqual<Value>(wanted: Value | null | undefined, value: Value | null): boolean {
  return wanted == null || value === wanted
}

const lowerCase = (text: string): string => text.toLowerCase()
