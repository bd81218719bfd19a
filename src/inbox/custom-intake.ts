import { isUtf8 } from 'node:buffer'
import type { SecretBox } from '../actions/secret-box.js'
import { InputError } from '../errors.js'
import { customSid, readCustomPayload } from './custom-payload.js'
import { eventDigest, SAME_EVENT_MS } from './event-digest.js'
import type { Inbox } from './inbox.js'
import { type Arrival, InboxState } from './inbox-entry.js'
import type { IntakeCounts } from './intake-counts.js'
import { RECEIVER_NAME, type Receiver, type ReceiverStore } from './receiver.js'
import { accessOf, type Credentials } from './receiver-access.js'

export interface CustomIntakeParts {
  readonly receivers: Pick<ReceiverStore, 'byName'>
  readonly secrets: SecretBox
  readonly inbox: Pick<Inbox, 'receive' | 'newest'>
  readonly counts: IntakeCounts
  readonly clock: () => Date
}

export interface CustomRequest extends Credentials {
  readonly name: string
  /** Whether the request shows an API key that may send to every receiver; asked only where nothing else opens this one. */
  readonly hasApiKey: () => Promise<boolean>
  /** `webhook-id`, signed or not. */
  readonly webhookId: string | null
  /** Whether one of our own webhooks brought it. */
  readonly isOwn: boolean
  readonly body: Buffer
}

export type CustomReceipt =
  /** `twilioSid`: of the log that it becomes; null where it becomes none. */
  | { readonly kind: 'accepted'; readonly twilioSid: string | null }
  | { readonly kind: 'unauthenticated' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too-large'; readonly maxBytes: number }

/** The longest `webhook-id` that is taken for an id, in characters. */
const MAX_WEBHOOK_ID = 200

export interface CustomIntake {
  /** Verifies and stores; throws `InputError` for a body with bad fields, and whatever kept it from being stored. */
  receive(request: CustomRequest): Promise<CustomReceipt>
}

/** The way in for webhooks of other systems. Whoever is not let in learns nothing of which receivers there are. */
export function createCustomIntake(parts: CustomIntakeParts): CustomIntake {
  const { receivers, secrets, inbox, counts, clock } = parts

  async function isLetIn(receiver: Receiver | null, request: CustomRequest): Promise<boolean> {
    const access = receiver ? accessOf(receiver, request, request.body, secrets) : 'unknown'
    if (access !== 'unknown') return access === 'granted'
    return request.hasApiKey()
  }

  return {
    async receive(request) {
      const { name, body } = request
      const receiver = RECEIVER_NAME.test(name) ? await receivers.byName(name) : null
      if (!(await isLetIn(receiver, request))) {
        counts.refuseCustom()
        return { kind: 'unauthenticated' }
      }
      if (!receiver?.enabled) return { kind: 'unknown' }
      if (body.length > receiver.maxBytes) return { kind: 'too-large', maxBytes: receiver.maxBytes }
      const arrival = await arrivalOf(receiver, request, clock(), inbox)
      await inbox.receive([arrival])
      counts.accept('custom', 1)
      return { kind: 'accepted', twilioSid: arrival.twilioSid }
    },
  }
}

async function arrivalOf(
  receiver: Receiver,
  request: CustomRequest,
  receivedAt: Date,
  inbox: Pick<Inbox, 'newest'>,
): Promise<Arrival> {
  const { name } = receiver
  if (!isUtf8(request.body)) throw new InputError([{ path: 'body', message: 'must be text in UTF-8' }])
  const text = request.body.toString('utf8')
  const payload = readCustomPayload(text, receiver)
  const webhookId = usable(request.webhookId)
  const namedSid = payload.id === null ? null : customSid(name, payload.id)
  const digest = await eventDigest(payload, text, webhookId, receivedAt, () =>
    inbox.newest({
      receiverId: receiver.id,
      twilioSid: namedSid,
      body: text,
      since: new Date(receivedAt.getTime() - SAME_EVENT_MS),
    }),
  )
  const givenId = webhookId ?? digest.slice(0, 32)
  return {
    channel: `custom:${name}`,
    // Not the id of the log: of one log there may be several events.
    idempotencyId: digest,
    receiverId: receiver.id,
    accountSid: null,
    givenId,
    twilioSid: request.isOwn ? null : (namedSid ?? customSid(name, givenId)),
    body: text,
    receivedAt,
    state: request.isOwn ? InboxState.IGNORED : InboxState.PENDING,
    error: request.isOwn ? OWN : null,
  }
}

const OWN =
  'it was sent by a webhook of GiftPulse: what its own actions send becomes no log, so that no rule feeds itself'

function usable(webhookId: string | null): string | null {
  return webhookId !== null && webhookId.length <= MAX_WEBHOOK_ID ? webhookId : null
}
