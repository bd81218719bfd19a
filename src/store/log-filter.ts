import { ForbiddenError } from '../errors.js'
import { maskAddress, maskNumbers, NUMBER_EXPRESSION, withoutNumbers } from '../privacy/mask-numbers.js'
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

/** A filter as far as whoever asks may see what it finds. */
export interface LogsSought extends LogFilter {
  /** Whether phone numbers are hidden, so that nobody may find out by searching what they are. */
  readonly hidesNumbers?: boolean
}

/**
 * What a filter may find for somebody who sees phone numbers, or does not: a part of a number is then found nowhere.
 * @throws {ForbiddenError} where it names a number all the same: few digits are masked, and soon guessed
 */
export function logsSoughtBy(seesNumbers: boolean, filter: LogFilter): LogsSought {
  if (seesNumbers) return filter
  const addresses = [filter.fromNumber, filter.toNumber].flatMap((address) => address ?? [])
  const words = [filter.status, filter.errorCode, filter.twilioSid].flatMap((values) => values ?? [])
  const holdsNumber =
    addresses.some((address) => maskAddress(address) !== address) ||
    words.some((word) => maskNumbers(word) !== word)
  if (holdsNumber) throw new ForbiddenError('To look for a phone number takes a key with the scope PII.')
  return { ...filter, hidesNumbers: true }
}

/** The filter for a page: said to the database. `matchesLog` says the same of one row. */
export function addLogFilter(filter: LogsSought, where: Conditions): void {
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
  if (filter.search != null) addSearch(filter.search, filter.hidesNumbers ?? false, where)
  if (filter.processed != null) where.and(`processed = ${where.bind(filter.processed)}`)
  if (filter.since != null) where.and(`timestamp >= ${where.bind(filter.since)}`)
  if (filter.until != null) where.and(`timestamp < ${where.bind(filter.until)}`)
}

/** The filter for an event: said of one row. `addLogFilter` says the same to the database. */
export function matchesLog(filter: LogsSought, log: Log): boolean {
  return (
    isListed(filter.logType, log.logType) &&
    isListed(filter.status?.map(lowerCase), log.status && lowerCase(log.status)) &&
    isListed(filter.errorCode, log.errorCode) &&
    isListed(filter.twilioSid, log.twilioSid) &&
    isListed(filter.accountSid, log.accountSid) &&
    isEqual(filter.fromNumber, log.fromNumber) &&
    isEqual(filter.toNumber, log.toNumber) &&
    (filter.search == null || isFound(filter.search, filter.hidesNumbers ?? false, log)) &&
    isEqual(filter.processed, log.processed) &&
    (filter.since == null || log.timestamp >= filter.since) &&
    (filter.until == null || log.timestamp < filter.until)
  )
}

function addSearch(search: string, hidesNumbers: boolean, where: Conditions): void {
  const pattern = where.bind(`%${search.replace(/[\\%_]/g, '\\$&')}%`)
  // A log without words has NULLs there; coalesce keeps the answer a plain yes or no, also under a later NOT.
  const holds = (text: string) => `coalesce(${text}, '') ILIKE ${pattern}`
  const texts = ['error_message', 'text', 'twilio_sid', 'error_code']
  if (!hidesNumbers) return where.and(anyOf([...texts, 'from_number', 'to_number'].map(holds)))
  const number = where.bind(NUMBER_EXPRESSION)
  const shown = (text: string) => `regexp_replace(${text}, ${number}, '*', 'gi')`
  // What holds it at all is looked at closely, and nothing else: these expressions take their time.
  where.and(anyOf(texts.map((text) => `(${holds(text)} AND ${holds(shown(text))})`)))
}

const anyOf = (clauses: readonly string[]): string => `(${clauses.join(' OR ')})`

function isFound(search: string, hidesNumbers: boolean, log: Log): boolean {
  const wanted = lowerCase(search)
  const texts = [log.errorMessage, log.text, log.twilioSid, log.errorCode]
  const searched = hidesNumbers
    ? texts.map((text) => text && withoutNumbers(text))
    : [...texts, log.fromNumber, log.toNumber]
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
