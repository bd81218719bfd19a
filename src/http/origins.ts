import type { IncomingMessage } from 'node:http'

/** Which pages of the web may use this server. */
export interface OriginPolicy {
  /** Whether a page of another origin may, and must be told so by CORS headers. */
  isListed(origin: string): boolean
  /** Whether a request may come in: from a listed page, from one of our own, or from no page at all. */
  admits(request: IncomingMessage): boolean
}

/**
 * @param publicUrl where people reach this server
 * @param listed origins of `CORS_ORIGINS`, such as `https://ops.example.com`
 */
export function originPolicy(publicUrl: string, listed: readonly string[]): OriginPolicy {
  const own = new URL(publicUrl).origin
  const others = new Set(listed.map((origin) => new URL(origin).origin))
  const isOwn = (origin: string, host: string | undefined): boolean => {
    if (origin === own) return true
    // Reached under another name than PUBLIC_URL: the page and the socket then share that name.
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
  }
  return {
    isListed: (origin) => others.has(origin),
    admits: ({ headers }) => {
      const { origin, host } = headers
      return origin === undefined || others.has(origin) || isOwn(origin, host)
    },
  }
}
