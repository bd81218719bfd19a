/** What the end of a subscription asks for. */
export type SubscriptionEnd =
  /** The key is not, or no longer, valid. */
  | 'refused'
  /** Its cursor is of no use any more: read a page and begin from there. */
  | 'stale'
  /** Go on from the last cursor after a pause. */
  | 'again'

/** graphql-transport-ws: Forbidden. The server closes with it on a missing or wrong key. */
const FORBIDDEN = 4403

/** Codes by which the server asks to come again later: 1013 of WebSocket itself, 4429 of graphql-transport-ws. */
const LATER = new Set<unknown>([1013, 4429])

/** Sorts what graphql-ws hands to a sink's `error`: a close event, a list of GraphQL errors, or anything else. */
export function subscriptionEnd(failure: unknown): SubscriptionEnd {
  if (isForbidden(failure)) return 'refused'
  const codes = Array.isArray(failure) ? failure.map(codeOf) : []
  if (codes.includes('UNAUTHENTICATED')) return 'refused'
  // BAD_USER_INPUT: the cursor belongs to a feed that was begun anew, such as that of a demo whose data was deleted.
  if (codes.includes('CURSOR_EXPIRED') || codes.includes('BAD_USER_INPUT')) return 'stale'
  return 'again'
}

export function isForbidden(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && event.code === FORBIDDEN
}

/** Why the server does not let a socket in for now, in its own words; null where it was closed for anything else. */
export function reasonToWait(event: unknown): string | null {
  const { code, reason } = (event ?? {}) as { readonly code?: unknown; readonly reason?: unknown }
  return LATER.has(code) && typeof reason === 'string' && reason !== '' ? reason : null
}

function codeOf(error: unknown): unknown {
  return (error as { extensions?: { code?: unknown } } | null)?.extensions?.code
}
