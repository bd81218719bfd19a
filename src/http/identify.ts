import type { IncomingMessage } from 'node:http'
import { PublicError, UnauthenticatedError } from '../errors.js'
import { ApiScope, includes } from '../keys/scope.js'
import type { Authenticate, Principal } from './principal.js'

/**
 * Who sends this request, by the key that it carries.
 * @throws {UnauthenticatedError} where it carries none that is valid; and what `authenticate` throws
 */
export async function identify(authenticate: Authenticate, request: IncomingMessage): Promise<Principal> {
  const principal = await authenticate(keyOf(request), request.socket.remoteAddress)
  if (!principal) throw new UnauthenticatedError()
  return principal
}

/** Details are for whoever may read; any other is answered like nobody, since the state itself is no secret. */
export async function mayKnow(authenticate: Authenticate, request: IncomingMessage): Promise<boolean> {
  try {
    const { scopes } = await identify(authenticate, request)
    return includes(scopes, ApiScope.READ)
  } catch (failure) {
    if (failure instanceof PublicError) return false
    throw failure
  }
}

/** The key that a request carries, in `X-API-Key` or as `Authorization: Bearer`. Never in the URL: URLs end up in logs. */
export function keyOf(request: IncomingMessage): string | undefined {
  const given = request.headers['x-api-key']
  if (typeof given === 'string') return given
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}
