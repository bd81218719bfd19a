import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ApiScope } from '../keys/scope.js'
import type { Authenticate, Principal } from './principal.js'

const ADMINISTRATOR: Principal = { name: 'administrator', scopes: new Set([ApiScope.ADMIN]) }

/** Compares keys by their digests: equal lengths for `timingSafeEqual`, and nothing of the key in how long it takes. */
export function keyAuthenticator(apiKey: string): Authenticate {
  const expected = digest(apiKey)
  return async (key) => (key !== undefined && timingSafeEqual(digest(key), expected) ? ADMINISTRATOR : null)
}

/** The key that a request carries, in `X-API-Key` or as `Authorization: Bearer`. Never in the URL: URLs end up in logs. */
export function keyOf(request: IncomingMessage): string | undefined {
  const given = request.headers['x-api-key']
  if (typeof given === 'string') return given
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
