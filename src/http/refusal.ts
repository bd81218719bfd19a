import { type ErrorCode, type PublicError, RateLimitedError, UnavailableError } from '../errors.js'

const statuses: Readonly<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  COMPLEXITY_LIMIT: 400,
  CURSOR_EXPIRED: 410,
  INTERNAL_SERVER_ERROR: 500,
}

/** The HTTP status of a failure that was made for clients. */
export function statusOf(refusal: PublicError): number {
  return refusal instanceof UnavailableError ? 503 : statuses[refusal.code]
}

/** What a client is told besides: how to say who it is, or when to come again. */
export function refusalHeaders(refusal: PublicError): Record<string, string> {
  if (refusal.code === 'UNAUTHENTICATED') return { 'WWW-Authenticate': 'Bearer' }
  if (refusal instanceof RateLimitedError) return { 'Retry-After': String(refusal.retryAfterSeconds) }
  if (refusal instanceof UnavailableError) return { 'Retry-After': '1' }
  return {}
}
