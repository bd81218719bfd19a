import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { AuditActor, type Caller } from '../audit/caller.js'
import type { Principal } from './principal.js'

/** What callers may name a request by, such as a trace id; anything else is replaced. */
const NAME = /^[\w.:-]{1,100}$/

/** Gives every request an id, the caller's own where it sends one, and answers with it. */
export const nameRequest: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id']
  const id = typeof given === 'string' && NAME.test(given) ? given : randomUUID()
  response.locals.requestId = id
  response.set('X-Request-Id', id)
  next()
}

/** Who sent a request whose key has been checked. */
export function callerOf({ socket }: Request, { locals }: Response): Caller {
  return callerBy(locals.principal as Principal, locals.requestId as string, socket.remoteAddress)
}

/** @param ip the address at the other end of the connection; a proxy's where one stands between */
export function callerBy({ name, keyId }: Principal, requestId: string, ip: string | undefined): Caller {
  const actor = keyId === null ? AuditActor.ADMINISTRATOR : AuditActor.KEY
  return { actor, name, keyId, requestId, ip: ip ?? null }
}
