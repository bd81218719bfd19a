import type { Sighting } from '../log.js'
import { isRecord, type RawRecord } from '../raw-fields.js'
import { callStatus } from './call-status.js'
import { loggedError } from './logged-error.js'
import { messageStatus } from './message-status.js'
import { Fields, type Received, WebhookError, type WebhookKind } from './webhook-kind.js'

/** Types of Event Streams that tell of records, and what their last word says where the event itself does not. */
const types: readonly {
  readonly prefix: RegExp
  readonly kind: WebhookKind
  fields(data: RawRecord, lastWord: string): RawRecord
}[] = [
  {
    prefix: /^com\.twilio\.messaging\.message\./,
    kind: messageStatus,
    fields: (data, lastWord) => ({ ...data, smsStatus: lastWord }),
  },
  {
    prefix: /^com\.twilio\.messaging\.inbound-message\.received$/,
    kind: messageStatus,
    fields: (data) => ({ ...data, smsStatus: 'received' }),
  },
  { prefix: /^com\.twilio\.error-logs\.error\.logged$/, kind: loggedError, fields: (data) => data },
  {
    // Renamed in February 2024; subscriptions under the old name go on.
    prefix: /^com\.twilio\.voice\.(webhook\.)?status-callback\.call\./,
    kind: callStatus,
    fields: callFields,
  },
]

/** One event of Event Streams, as CloudEvents 1.0 write it. */
export interface CloudEvent {
  readonly id: string
  readonly type: string
  readonly data: RawRecord
  readonly time: unknown
}

/** Throws `WebhookError` for what is no event. */
export function readCloudEvent(value: unknown): CloudEvent {
  if (!isRecord(value)) throw new WebhookError('it is no object')
  const { id, type, data } = value
  if (typeof id !== 'string' || id === '' || id.length > 256) throw new WebhookError('it has no id')
  if (typeof type !== 'string' || type === '') throw new WebhookError('it has no type')
  return { id, type, data: isRecord(data) ? data : {}, time: value['time'] }
}

/** What the event tells of a record; null where events of its type tell of none. Throws `WebhookError`. */
export function sightingOfEvent(event: CloudEvent, received: Received): Sighting | null {
  const { type, data, time } = event
  const known = types.find(({ prefix }) => prefix.test(type))
  if (!known) return null
  const told = known.fields(data, type.slice(type.lastIndexOf('.') + 1))
  const fields = new Fields({ ...told, time })
  if (!known.kind.recognizes(fields)) throw new WebhookError(`an event ${type} without its SID or status`)
  return known.kind.toSighting(fields, received)
}

/** The parameters of the callback that was sent lie inside the event, and where there are any they come first. */
function callFields(data: RawRecord, lastWord: string): RawRecord {
  const { raw } = new Fields(data).within('request').within('parameters')
  return { ...raw, callSid: data['sid'], timestamp: data['timestamp'], callStatus: lastWord }
}
