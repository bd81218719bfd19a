import type { FieldFault } from '../errors.js'
import { InputError } from '../errors.js'
import { LogType, type Sighting } from '../sources/log.js'
import { isRecord, textOf } from '../sources/raw-fields.js'
import { storable, storableFault } from '../sources/storable.js'
import { parseTwilioDate } from '../sources/twilio-date.js'
import { valueAt } from './body-path.js'
import type { MappedField, Receiver } from './receiver.js'

/** What the body of a custom webhook says of its log. */
export interface CustomPayload {
  readonly id: string | null
  readonly timestamp: Date | null
  readonly status: string | null
  readonly errorCode: string | null
  readonly message: string | null
  /** The whole body. */
  readonly body: Readonly<Record<string, unknown>>
}

const MAX_ID = 200
const MAX_WORD = 64
/** Epoch times from here on are milliseconds; before it, seconds: 1e11 s would be the year 5138. */
const MILLISECONDS_FROM = 1e11

/**
 * Reads the JSON text of a body by the mapping. What is mapped and not there is null. Throws `InputError` with every bad field,
 * each named by its place in the body.
 */
export function readCustomPayload(text: string, { mapping }: Pick<Receiver, 'mapping'>): CustomPayload {
  const body = parsed(text)
  const faults: FieldFault[] = []
  const payload = {
    id: read('id', (value) => word(value, MAX_ID)),
    timestamp: read('timestamp', timeOf),
    status: read('status', (value) => word(value, MAX_WORD)),
    errorCode: read('errorCode', (value) => word(value, MAX_WORD)),
    message: read('message', messageOf),
    body,
  }
  if (faults.length > 0) throw new InputError(faults)
  return payload

  function read<Value>(field: MappedField, parse: (value: unknown) => Value | Fault): Value | null {
    const path = mapping[field] ?? field
    const value = mapping[field] === null ? body[field] : valueAt(body, path)
    if (value === undefined || value === null) return null
    const result = parse(value)
    if (!(result instanceof Fault)) return result
    faults.push({ path, message: result.message })
    return null
  }
}

export function customSid(name: string, id: string): string {
  return `custom:${name}:${id}`
}

/** The log of a custom webhook. Its sender is the only origin there is, so it is whole; a later one of the same id is a change of it. */
export function customSighting(name: string, payload: CustomPayload, givenId: string, at: Date): Sighting {
  const timestamp = payload.timestamp ?? at
  return {
    isWhole: true,
    twilioSid: customSid(name, payload.id ?? givenId),
    accountSid: `custom:${name}`,
    logType: LogType.CUSTOM,
    timestamp,
    newestDate: timestamp,
    changedAt: timestamp,
    status: payload.status,
    errorCode: payload.errorCode,
    errorMessage: textOf(payload.message),
    fromNumber: null,
    toNumber: null,
    text: textOf(payload.message),
    rawData: storable(payload.body),
  }
}

/** What is wrong with a field. */
class Fault {
  constructor(readonly message: string) {}
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new InputError([{ path: 'body', message: 'must be JSON' }])
  }
  if (!isRecord(body)) throw new InputError([{ path: 'body', message: 'must be a JSON object' }])
  return body
}

function word(value: unknown, max: number): string | Fault {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  if (typeof text !== 'string') return new Fault('must be text or a number')
  if (text.trim() === '' || text.length > max) return new Fault(`must have 1 to ${max} characters`)
  const fault = storableFault(text)
  return fault === null ? text : new Fault(fault)
}

function messageOf(value: unknown): string | Fault {
  return typeof value === 'string' ? value : new Fault('must be text')
}

function timeOf(value: unknown): Date | Fault {
  const text =
    typeof value === 'number' && Number.isFinite(value)
      ? epoch(value < MILLISECONDS_FROM ? value * 1_000 : value)
      : value
  return (
    parseTwilioDate(text) ??
    new Fault('must be a time such as 2026-11-22T12:00:00Z or seconds since 1970, from 2000 to 2099')
  )
}

function epoch(milliseconds: number): string | null {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
