import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'

import { Agent, buildConnector, request } from 'undici'

import { ActionError } from './handler.js'
import { addressFault, bareHost, isLocalhostName, urlFault } from './outbound-address.js'

const CONNECT_TIMEOUT_MS = 5_000
const BODY_TIMEOUT_MS = 5_000
const MAX_BODY_BYTES = 65_536

export interface OutboundRequest {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** Until the status is there. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface OutboundResponse {
  readonly status: number
  /** One value for each name; the first where a header came more than once. */
  readonly headers: Readonly<Record<string, string>>
  /** The first 64 KB as they came: never decompressed, so a small answer cannot become a large one. */
  readonly body: Buffer
}

/** The one way out for HTTP. */
export interface OutboundHttp {
  /** Why a URL is refused when it is saved, or null: scheme, port and literal addresses are judged. */
  checkUrlLiteral(url: string): string | null
  /** What is accepted when saved but will be refused when called, or null. */
  warnOfUrl(url: string): string | null
  /** One request, redirects not followed. Throws `ActionError` where there is no status to report. */
  send(request: OutboundRequest): Promise<OutboundResponse>
  close(): Promise<void>
}

export interface OutboundSettings {
  /** Opens loopback and private ranges. */
  readonly allowPrivateNetworks: boolean
  /** How names are resolved; the system's resolver unless a test says otherwise. */
  readonly lookup?: LookupFunction
  /** How long a body is waited for once the status is known: it is only for the record. 5 s where not given. */
  readonly bodyTimeoutMs?: number
}

/**
 * Every address is judged when the connection is made: a literal one in the connector, since no lookup is made for
 * it, and all addresses that a name resolves to in the lookup, so that nothing can change between check and use.
 */
export function guardedConnector({
  allowPrivateNetworks,
  lookup = systemLookup,
}: OutboundSettings): buildConnector.connector {
  const judge = (address: string) => addressFault(address, allowPrivateNetworks)
  const connectTo = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup(lookup, judge) })
  return (options, callback) => {
    const host = bareHost(options.hostname)
    const fault = isIP(host) === 0 ? null : judge(host)
    if (fault === null) connectTo(options, callback)
    else callback(new RefusedAddress(fault), null)
  }
}

export function createOutboundHttp(settings: OutboundSettings): OutboundHttp {
  const { allowPrivateNetworks, bodyTimeoutMs = BODY_TIMEOUT_MS } = settings
  const agent = new Agent({ connect: guardedConnector(settings) })

  return {
    checkUrlLiteral: (url) => urlFault(url, allowPrivateNetworks),
    warnOfUrl: (url) =>
      isLocalhostName(url) && !allowPrivateNetworks
        ? 'url: localhost is this machine itself; it is refused unless WEBHOOK_ALLOW_PRIVATE_NETWORKS=true'
        : null,
    async send(outbound) {
      const fault = urlFault(outbound.url, allowPrivateNetworks)
      if (fault !== null) throw refused(fault)
      return sendThrough(agent, outbound, bodyTimeoutMs)
    },
    close: () => agent.destroy(),
  }
}

/** An address that may not be called; travels through undici as the connection's error. */
class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
}

function guardedLookup(lookup: LookupFunction, judge: (address: string) => string | null): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, addresses, family) => {
      if (error) return callback(error, addresses, family)
      const found = Array.isArray(addresses) ? addresses.map(({ address }) => address) : [addresses]
      // One bad address among good ones is enough: the connection might pick any of them.
      const fault = found.map(judge).find((reason) => reason !== null)
      return fault ? callback(new RefusedAddress(fault), []) : callback(null, addresses, family)
    })
  }
}

async function sendThrough(
  agent: Agent,
  { url, method, headers, body, timeoutMs, signal }: OutboundRequest,
  bodyTimeoutMs: number,
): Promise<OutboundResponse> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await request(url, {
      dispatcher: agent,
      method,
      headers,
      body,
      signal: AbortSignal.any([signal, timeout]),
      headersTimeout: timeoutMs,
      bodyTimeout: bodyTimeoutMs,
    })
    return {
      status: response.statusCode,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name, [value].flat()[0] ?? '']),
      ),
      body: await readStart(response.body, bodyTimeoutMs),
    }
  } catch (thrown) {
    throw explain(thrown, signal, timeout, timeoutMs)
  }
}

/** The start of a body. Once there is a status the answer counts: a body that stalls or breaks is only cut short. */
async function readStart(
  body: AsyncIterable<Buffer> & { destroy(): unknown },
  timeoutMs: number,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  const tooSlow = setTimeout(() => body.destroy(), timeoutMs)
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= MAX_BODY_BYTES) break
    }
  } catch {
    // What came before the break is all there is to record.
  } finally {
    clearTimeout(tooSlow)
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES)
}

function explain(thrown: unknown, signal: AbortSignal, timeout: AbortSignal, timeoutMs: number): ActionError {
  if (thrown instanceof RefusedAddress) return refused(thrown.message)
  if (signal.aborted) return new ActionError('aborted', 'The try was stopped before there was an answer.')
  const code = codeOf(thrown)
  if (timeout.aborted || code === 'UND_ERR_HEADERS_TIMEOUT') {
    return new ActionError('timeout', `There was no answer within ${timeoutMs / 1000} s.`)
  }
  // undici's own messages may hold the resolved address, so only the code is told.
  return new ActionError('network', `The endpoint could not be reached (${code}).`)
}

function refused(fault: string): ActionError {
  return new ActionError('address-refused', `The URL ${fault}.`, { permanent: true })
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  return typeof code === 'string' ? code : 'no further reason'
}
