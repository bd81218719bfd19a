import type { IncomingMessage } from 'node:http'

/** A host as it may stand in a header of ours: names, numbers, brackets and a port. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/i

/** The host that a request names, where it is one; else null. */
export function hostOf({ headers }: IncomingMessage): string | null {
  return headers.host !== undefined && HOST.test(headers.host) ? headers.host : null
}

/**
 * Where whoever sends this request reaches this server, without a slash at the end: `PUBLIC_URL` where they came by its name (it
 * knows of TLS and of a path that a proxy adds), else by the name that they used.
 */
export function addressOf(request: IncomingMessage, publicUrl: string): string {
  const host = hostOf(request)
  const address = host === null || host === new URL(publicUrl).host ? publicUrl : `http://${host}`
  return address.replace(/\/+$/, '')
}
