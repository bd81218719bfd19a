import type { SourceName } from '../sources/log.js'
import type { RawRecord } from './world.js'

/**
 * How finely calls and messages honour a datetime in a date filter. Twilio promises days and has been seen to honour
 * seconds (twilio-oai issue 21), so a reader must be right with both. Alerts honour seconds always.
 */
export type DateGranularity = 'day' | 'second'

/** A query that the list refuses (400). */
export class FilterError extends Error {
  override readonly name = 'FilterError'

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

type Test = (record: RawRecord) => boolean
/** The stretch of time that a value names, in milliseconds: one second or one UTC day. */
type Span = { readonly from: number; readonly until: number }
type DateTest = (time: number, span: Span) => boolean

const on: DateTest = (time, span) => time >= span.from && time < span.until
const before: DateTest = (time, span) => time < span.from
const onOrBefore: DateTest = (time, span) => time < span.until
const onOrAfter: DateTest = (time, span) => time >= span.from

// `<` leaves out its own day for calls and takes it in for messages: so say the parameters' descriptions in twilio-oai.
const dateFilters: Readonly<Record<SourceName, Readonly<Record<string, readonly [string, DateTest]>>>> = {
  calls: {
    StartTime: ['start_time', on],
    'StartTime<': ['start_time', before],
    'StartTime>': ['start_time', onOrAfter],
    EndTime: ['end_time', on],
    'EndTime<': ['end_time', before],
    'EndTime>': ['end_time', onOrAfter],
  },
  messages: {
    DateSent: ['date_sent', on],
    'DateSent<': ['date_sent', onOrBefore],
    'DateSent>': ['date_sent', onOrAfter],
  },
  alerts: { StartDate: ['date_generated', onOrAfter], EndDate: ['date_generated', onOrBefore] },
}

const exactFilters: Readonly<Record<SourceName, Readonly<Record<string, string>>>> = {
  calls: { To: 'to', From: 'from', Status: 'status', ParentCallSid: 'parent_call_sid' },
  messages: { To: 'to', From: 'from' },
  alerts: { LogLevel: 'log_level' },
}

/**
 * The filter that a list's query asks for. Unknown parameters are ignored, as Twilio does; a record without the date a
 * filter asks about never passes.
 * @throws FilterError 20001 for a value that is no date
 */
export function listFilter(source: SourceName, query: URLSearchParams, granularity: DateGranularity): Test {
  const tests: Test[] = []
  for (const [parameter, value] of query) {
    const field = exactFilters[source][parameter]
    if (field !== undefined) tests.push((record) => record[field] === value)
    const dated = dateFilters[source][parameter]
    if (dated) tests.push(dateTest(dated, spanOf(value, source === 'alerts' ? 'second' : granularity)))
  }
  return (record) => tests.every((test) => test(record))
}

function dateTest([field, test]: readonly [string, DateTest], span: Span): Test {
  return (record) => {
    const value = record[field]
    return typeof value === 'string' && test(Date.parse(value), span)
  }
}

function spanOf(value: string, granularity: DateGranularity): Span {
  const [day, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?$/.exec(value)?.slice(1) ?? []
  const whole = time === undefined || granularity === 'day'
  const from = Date.parse(whole ? `${day}T00:00:00Z` : `${day}T${time}Z`)
  if (Number.isNaN(from)) throw new FilterError(20001, 'Invalid date value')
  return { from, until: from + (whole ? 86_400_000 : 1_000) }
}
