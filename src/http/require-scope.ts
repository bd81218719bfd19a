import type { RequestHandler } from 'express'
import { ForbiddenError } from '../errors.js'
import { type ApiScope, includes, scopeName } from '../keys/scope.js'
import { identify } from './identify.js'
import type { Authenticate, Principal } from './principal.js'

/**
 * Stands before a route: lets in whose key has the scope, as `response.locals.principal`. All others are answered
 * problem+json, by `failed` at the server's end.
 */
export type RequireScope = (scope: ApiScope) => RequestHandler

export function scopeGuard(authenticate: Authenticate): RequireScope {
  return (scope) => async (request, response, next) => {
    const principal = await identify(authenticate, request)
    assertScope(principal, scope)
    response.locals.principal = principal
    next()
  }
}

/** @throws {ForbiddenError} where the principal's scopes do not cover this one */
export function assertScope({ scopes }: Principal, needed: ApiScope): void {
  if (includes(scopes, needed)) return
  const granted = [...scopes].map(scopeName).join(', ')
  throw new ForbiddenError(`This needs the scope ${scopeName(needed)}; the key has ${granted}.`)
}
