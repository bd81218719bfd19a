import { createHash } from 'node:crypto'
import type { Sighting } from '../log.js'
import { textOf } from '../raw-fields.js'
import { storable } from '../storable.js'
import { callStatus } from './call-status.js'
import { readCloudEvent, sightingOfEvent } from './cloud-event.js'
import { loggedError } from './logged-error.js'
import { messageStatus } from './message-status.js'
import { Fields, type Received, WebhookError } from './webhook-kind.js'

/** One fact of a request of Twilio's, as it is put into the inbox. */
export interface WebhookFact {
  readonly channel: string
  /** One for each fact within its channel. */
  readonly idempotencyId: string
  /** Accounts that it names: the one it is about, and the one above it where it names that too. */
  readonly accountSids: readonly string[]
  /** The log that it tells of; null where it tells of none. */
  readonly twilioSid: string | null
  /** What `sightingOf` reads it from again. */
  readonly body: string
  /** Why nothing follows from it, in words; null where something does. */
  readonly ignored: string | null
  /** What is wrong with it, in words; null where nothing is. */
  readonly fault: string | null
}

/** Every kind of webhook whose parameters come as a form. */
const kinds = [messageStatus, callStatus, loggedError]

const EVENT = 'twilio-event'
const OTHER = 'twilio-other'

/** The parameters of a form, each with all its values in their order. */
export function readForm(text: string): Record<string, string | string[]> {
  const parameters = Object.create(null) as Record<string, string | string[]>
  for (const [name, value] of new URLSearchParams(text)) {
    const before = parameters[name]
    if (Array.isArray(before)) before.push(value)
    else parameters[name] = before === undefined ? value : [before, value]
  }
  return parameters
}

/** What a form tells of. */
export function factOfForm(text: string): WebhookFact {
  const fields = new Fields(readForm(text))
  const kind = kinds.find((one) => one.recognizes(fields))
  const about = { accountSids: accountsOf(fields), body: text, fault: null }
  if (kind)
    return {
      ...about,
      channel: kind.channel,
      idempotencyId: kind.idempotencyId(fields),
      twilioSid: kind.toSighting(fields, nowhere).twilioSid,
      ignored: null,
    }
  const ignored = 'it is no status callback and no report of the Debugger'
  return { ...about, channel: OTHER, idempotencyId: digest(text), twilioSid: null, ignored }
}

/** What a batch of events, or a single one, tells of. Throws `WebhookError` where the text is no JSON. */
export function factsOfEvents(text: string): WebhookFact[] {
  const events = parsed(text)
  return (Array.isArray(events) ? events : [events]).map(factOfEvent)
}

/** The sighting that an entry of the inbox holds; null where it tells of no record. Throws `WebhookError`. */
export function sightingOf(channel: string, body: string, received: Received): Sighting | null {
  if (channel === EVENT) return sightingOfEvent(readCloudEvent(parsed(body)), received)
  const fields = new Fields(readForm(body))
  return kinds.find((kind) => kind.channel === channel)?.toSighting(fields, received) ?? null
}

function factOfEvent(value: unknown): WebhookFact {
  const body = textOfEvent(value)
  try {
    const event = readCloudEvent(value)
    const sighting = sightingOfEvent(event, nowhere)
    return {
      channel: EVENT,
      idempotencyId: event.id,
      accountSids: accountsOf(new Fields(event.data)),
      twilioSid: sighting?.twilioSid ?? null,
      body,
      ignored: sighting ? null : `events of the type ${event.type.slice(0, 100)} tell of no record`,
      fault: null,
    }
  } catch (thrown) {
    if (!(thrown instanceof WebhookError)) throw thrown
    const about = { channel: EVENT, idempotencyId: digest(body), accountSids: [], twilioSid: null }
    return { ...about, body, ignored: null, fault: thrown.message }
  }
}

/** The event as JSON again; one that is nested too deep to be written out is cut. */
function textOfEvent(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    return JSON.stringify(storable(value))
  }
}

/** For reading what does not depend on where and when it came in. */
const nowhere: Received = { accountSid: '', at: new Date(0) }

function accountsOf(fields: Fields): string[] {
  const names = ['AccountSid', 'ParentAccountSid', 'MasterAccountSid']
  return names.flatMap((name) => textOf(fields.get(name)) ?? [])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new WebhookError('it is no JSON')
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
