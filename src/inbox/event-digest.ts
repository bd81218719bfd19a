import { createHash } from 'node:crypto'
import type { CustomPayload } from './custom-payload.js'

/** How long a body without a time and without `webhook-id` may be repeated by its sender, in milliseconds. */
export const SAME_EVENT_MS = 300_000

/** What came last of the same log, or with the same body where it names no log; null where nothing did within `SAME_EVENT_MS`. */
export interface Earlier {
  readonly body: string
  readonly digest: string
}

/**
 * What tells one event from another: `webhook-id` where there is one, and the body. A body with neither that nor a time of its own
 * repeats what came last where it says the same; where something else came between, it tells of one more change.
 */
export async function eventDigest(
  { timestamp }: Pick<CustomPayload, 'timestamp'>,
  text: string,
  webhookId: string | null,
  at: Date,
  findEarlier: () => Promise<Earlier | null>,
): Promise<string> {
  if (webhookId !== null || timestamp !== null) return digestOf(webhookId, null, text)
  const earlier = await findEarlier()
  if (earlier?.body === text) return earlier.digest
  return digestOf(null, earlier?.digest ?? Math.floor(at.getTime() / SAME_EVENT_MS), text)
}

function digestOf(...parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
