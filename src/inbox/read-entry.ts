import { InputError } from '../errors.js'
import { sightingOf } from '../sources/webhooks/twilio-webhook.js'
import { WebhookError } from '../sources/webhooks/webhook-kind.js'
import { customSighting, readCustomPayload } from './custom-payload.js'
import { type ReadOne, UnreadableEntry } from './inbox.js'
import type { ClaimedEntry } from './inbox-entry.js'
import type { Receiver, ReceiverStore } from './receiver.js'

/** Reads entries of the inbox: those of receivers by the mapping as it is now. */
export async function entryReader(
  entries: readonly ClaimedEntry[],
  receivers: Pick<ReceiverStore, 'byIds'>,
): Promise<ReadOne> {
  const ids = new Set(entries.flatMap(({ receiverId }) => receiverId ?? []))
  const found = ids.size > 0 ? await receivers.byIds([...ids]) : new Map<string, Receiver>()
  return (entry) => {
    try {
      return readEntry(entry, found)
    } catch (thrown) {
      const isBad = thrown instanceof WebhookError || thrown instanceof InputError
      throw isBad ? new UnreadableEntry(thrown.message) : thrown
    }
  }
}

function readEntry(entry: ClaimedEntry, receivers: ReadonlyMap<string, Receiver>): ReturnType<ReadOne> {
  const { channel, body, accountSid, givenId, receiverId, receivedAt } = entry
  if (receiverId !== null) {
    const receiver = receivers.get(receiverId)
    if (!receiver) throw new UnreadableEntry('its receiver was deleted')
    return customSighting(receiver.name, readCustomPayload(body, receiver), givenId ?? '', receivedAt)
  }
  const seen = sightingOf(channel, body, { accountSid: accountSid ?? '', at: receivedAt })
  return seen ?? { ignored: 'it tells of no record' }
}
