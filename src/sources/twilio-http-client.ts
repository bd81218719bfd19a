import { AsyncLocalStorage } from 'node:async_hooks'
import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js'
import { createTurns } from './turns.js'
import { TwilioReadError } from './twilio-read-error.js'

export interface HttpClientOptions {
  /** Where every request goes instead of Twilio's hosts; null for Twilio itself. */
  readonly baseUrl: string | null
  /** For a whole request, from connecting to the last byte. */
  readonly timeoutMs: number
}

/** Twilio counts concurrent requests per account, shared with everything else the customer runs (its error 20429). */
const REQUESTS_AT_A_TIME = 2
/** Far above a page of 1000 records; a longer answer is cut off instead of filling the memory. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
/** What axios says of an answer that it cut off (1.x, lib/adapters/http.js); its code is that of many other failures. */
const CUT_OFF = 'maxContentLength'

interface Reading {
  readonly signal: AbortSignal
  /** Of the answer's text. */
  characters: number
}

/**
 * The SDK's own HTTP client with what a monitor needs on top: another base URL, two requests at a time, a limit for the whole
 * request (the SDK's time-out only watches for silence, so a slow drip would never end), and a signal that cuts it short.
 */
export class TwilioHttpClient extends twilio.RequestClient {
  private readonly turns = createTurns(REQUESTS_AT_A_TIME)
  private readonly readings = new AsyncLocalStorage<Reading>()

  constructor(private readonly options: HttpClientOptions) {
    // A connection kept open may be closed by the other side just as it is used again; polls are rare enough to connect anew.
    super({ timeout: options.timeoutMs, keepAlive: false, autoRetry: false })
    this.axios.interceptors.request.use((config) => {
      const timeout = AbortSignal.timeout(options.timeoutMs)
      const reading = this.readings.getStore()
      config.signal = reading ? AbortSignal.any([timeout, reading.signal]) : timeout
      config.maxContentLength = MAX_ANSWER_BYTES
      const count = (text: unknown) => {
        if (reading && typeof text === 'string') reading.characters = text.length
        return text
      }
      config.transformResponse = [count, ...[config.transformResponse ?? []].flat()]
      return config
    })
  }

  /** Runs `task`, a request, so that `signal` cuts it short, and tells how long its answer was, in characters. */
  async measured<T>(signal: AbortSignal, task: () => Promise<T>): Promise<{ answer: T; characters: number }> {
    const reading: Reading = { signal, characters: 0 }
    const answer = await this.readings.run(reading, task)
    return { answer, characters: reading.characters }
  }

  override async request<TData>(options: RequestOptions<TData>) {
    const uri = destination(options.uri, this.options.baseUrl)
    return this.turns(() => super.request<TData>({ ...options, uri }))
  }
}

/** Whether what was thrown says that an answer was longer than is ever read. */
export function wasCutOff(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.startsWith(CUT_OFF)
}

/**
 * Where a request really goes: the path and query on the base URL, or else Twilio itself. A page link that leads anywhere else
 * is refused, because the credentials travel with every request.
 *
 * @throws TwilioReadError (`malformed`) for a foreign link
 */
export function destination(uri: string, baseUrl: string | null): string {
  const url = new URL(uri)
  if (baseUrl !== null) {
    const base = new URL(baseUrl)
    const prefix = base.pathname.replace(/\/+$/, '')
    // A stand-in below a path may already name that path in its links.
    const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname : prefix + url.pathname
    return base.origin + path + url.search
  }
  if (url.protocol !== 'https:' || url.port !== '' || !url.hostname.endsWith('.twilio.com')) {
    throw new TwilioReadError(
      'malformed',
      `A link in Twilio's answer leads to a foreign host (${url.host}); it was not followed.`,
    )
  }
  return `https://${url.hostname}${url.pathname}${url.search}`
}
