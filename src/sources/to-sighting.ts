import { setImmediate } from 'node:timers/promises'
import { Pace } from '../pace.js'
import { decodeAlertText } from './alert-text.js'
import { LogType, type Sighting, type SourceName, type Unreadable } from './log.js'
import {
  codeOf,
  isRecord,
  levelOf,
  MAX_ADDRESS,
  MAX_SID,
  type RawRecord,
  textOf,
  wordOf,
} from './raw-fields.js'
import { storable, storableText } from './storable.js'
import { parseTwilioDate } from './twilio-date.js'

/** Where and when a raw record was read. */
export interface Origin {
  readonly source: SourceName
  readonly accountSid: string
  readonly readAt: Date
}

/** Records by what became of them. */
export interface ReadRecords {
  readonly sightings: readonly Sighting[]
  readonly unreadable: readonly Unreadable[]
}

const MAX_KEPT_UNREADABLE = 8_192

/** Each record by itself: a bad one is set aside and never stops the others. With rests, since a page may hold megabytes. */
export async function readRecords(records: readonly unknown[], origin: Origin): Promise<ReadRecords> {
  const pace = new Pace(setImmediate)
  // It has just been parsed.
  await pace.rest()
  return pace.through(inSteps(records, origin))
}

function* inSteps(records: readonly unknown[], origin: Origin): Generator<void, ReadRecords> {
  const sightings: Sighting[] = []
  const unreadable: Unreadable[] = []
  for (const record of records) {
    const read = toSighting(record, origin)
    if ('twilioSid' in read) sightings.push(read)
    else unreadable.push(read)
    yield
  }
  return { sightings, unreadable }
}

/**
 * A raw call, message or alert as a sighting. Almost every field of Twilio's may be null, and numbers come as strings or as
 * numbers (twilio-oai, twilio_api_v2010.json and twilio_monitor_v1.json), so only a SID is required.
 */
export function toSighting(record: unknown, origin: Origin): Sighting | Unreadable {
  if (!isRecord(record)) return setAside(record, origin, 'not a record')
  const { sid } = record
  if (typeof sid !== 'string' || sid === '') return setAside(record, origin, 'no SID')
  if (sid.length > MAX_SID || storableText(sid) !== sid) return setAside(record, origin, 'not a possible SID')
  return {
    isWhole: true,
    twilioSid: sid,
    accountSid: textOf(record['account_sid'], MAX_SID) ?? origin.accountSid,
    ...datesOf(record, origin),
    ...(origin.source === 'alerts' ? alertFields(record) : trafficFields(record, origin.source)),
    rawData: storable(record),
  }
}

type Contents = Pick<
  Sighting,
  'logType' | 'status' | 'errorCode' | 'errorMessage' | 'fromNumber' | 'toNumber' | 'text'
>

function trafficFields(record: RawRecord, source: 'calls' | 'messages'): Contents {
  return {
    logType: source === 'calls' ? LogType.CALL : LogType.MESSAGE,
    status: wordOf(record['status']),
    errorCode: codeOf(record['error_code']),
    errorMessage: textOf(record['error_message']),
    fromNumber: textOf(record['from'], MAX_ADDRESS),
    toNumber: textOf(record['to'], MAX_ADDRESS),
    text: source === 'messages' ? textOf(record['body']) : null,
  }
}

function alertFields(record: RawRecord): Contents {
  const raw = textOf(record['alert_text'])
  const decoded = raw === null ? null : decodeAlertText(raw)
  return {
    logType: levelOf(record['log_level']),
    status: null,
    errorCode: codeOf(record['error_code']),
    errorMessage: textOf(decoded?.message ?? decoded?.whole),
    fromNumber: null,
    toNumber: null,
    text: textOf(decoded?.whole),
  }
}

/** In the order in which they stand in for the first one, which is the record's own time. */
const dateFields = {
  calls: ['date_created', 'start_time', 'date_updated', 'end_time'],
  messages: ['date_created', 'date_sent', 'date_updated'],
  alerts: ['date_generated', 'date_created', 'date_updated'],
} as const satisfies Record<SourceName, readonly string[]>

function datesOf(
  record: RawRecord,
  origin: Origin,
): Pick<Sighting, 'timestamp' | 'newestDate' | 'changedAt'> {
  const dates = dateFields[origin.source]
    .map((field) => parseTwilioDate(record[field]))
    .filter((date) => date !== null)
  return {
    timestamp: dates[0] ?? origin.readAt,
    newestDate: dates.length > 0 ? new Date(Math.max(...dates.map(Number))) : origin.readAt,
    changedAt: parseTwilioDate(record['date_updated']),
  }
}

/** A record with why nothing follows from it. */
export function setAside(
  record: unknown,
  { accountSid, source }: Pick<Origin, 'accountSid' | 'source'>,
  reason: string,
): Unreadable {
  const kept = storableText(JSON.stringify(storable(record)), MAX_KEPT_UNREADABLE)
  return { accountSid, source, reason, record: kept }
}
