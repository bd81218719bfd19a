import type { IncomingMessage } from 'node:http'
import { PublicError, UnauthenticatedError } from '../errors.js'
import { keyOf } from './authenticate.js'
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

/** Details are for whoever has a valid key; any other is answered like nobody, since the state itself is no secret. */
export async function mayKnow(authenticate: Authenticate, request: IncomingMessage): Promise<boolean> {
  try {
    await identify(authenticate, request)
    return true
  } catch (failure) {
    if (failure instanceof PublicError) return false
    throw failure
  }
}
