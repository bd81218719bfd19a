import { createHash, timingSafeEqual } from 'node:crypto'
import type { SecretBox } from '../actions/secret-box.js'
import { webhookSigner } from '../actions/webhook-config.js'
import type { Receiver } from './receiver.js'

/** What a request shows to be let in. */
export interface Credentials {
  /** `Authorization: Bearer` or `X-Receiver-Token`. */
  readonly token: string | null
  /** By Standard Webhooks: all three, or null where one is missing. */
  readonly signature: { readonly id: string; readonly timestamp: string; readonly signature: string } | null
}

/**
 * Whether they open the receiver: its token, or a signature by its secret over the very bytes that came, at most five minutes old.
 * `wrong` where a signature was given and is not right, whatever else there is; `unknown` where nothing was given that this
 * receiver knows. Throws `SecretBoxError` where its secrets cannot be read.
 */
export function accessOf(
  receiver: Pick<Receiver, 'secret' | 'token'>,
  { token, signature }: Credentials,
  body: Buffer,
  secrets: SecretBox,
): 'granted' | 'wrong' | 'unknown' {
  if (signature !== null && receiver.secret !== null)
    return isSigned(secrets.open(receiver.secret), signature, body) ? 'granted' : 'wrong'
  if (token !== null && receiver.token !== null && isSame(token, secrets.open(receiver.token)))
    return 'granted'
  return 'unknown'
}

function isSigned(secret: string, given: NonNullable<Credentials['signature']>, body: Buffer): boolean {
  const headers = {
    'webhook-id': given.id,
    'webhook-timestamp': given.timestamp,
    'webhook-signature': given.signature,
  }
  const verifier = webhookSigner(secret)
  try {
    verifier.verify(body.toString('utf8'), headers, { jsonParse: false })
    return true
  } catch {
    return false
  }
}

/** By digests: equal lengths for `timingSafeEqual`, and nothing of the token in how long it takes. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
