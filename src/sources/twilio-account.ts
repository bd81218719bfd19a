import twilio from 'twilio'
import type { SourceName } from './log.js'
import { createPageSize, LARGEST_PAGE, type PageSize } from './page-size.js'
import { TwilioHttpClient, wasCutOff } from './twilio-http-client.js'
import { failureOf, TwilioReadError, type Answer } from './twilio-read-error.js'

export interface TwilioAccountOptions {
  readonly accountSid: string
  /** The account SID, or the SID of an API key. */
  readonly username: string
  /** The auth token, or the key's secret. */
  readonly password: string
  /** Sends every request here instead of to Twilio's hosts. */
  readonly baseUrl: string | null
  /** For a whole request; 30 s unless told. */
  readonly timeoutMs?: number
  /** The most records on a page of a list; as many as Twilio gives unless told. */
  readonly pageSize?: number
  readonly clock?: () => Date
  /** Told how each request ended: its HTTP status, or `none` where there was no answer. */
  readonly onAnswer?: (status: number | 'none') => void
}

/** One page of a list: raw records, newest first, and the link to the next page. */
export interface TwilioPage {
  readonly records: readonly unknown[]
  /** null on the last page. */
  readonly next: string | null
}

/** What can be read of one Twilio account. Every failure is a {@link TwilioReadError}; an aborted read throws the signal's reason. */
export interface TwilioAccount {
  readonly accountSid: string
  /** How many records a page has, unless they are long or the list ends. */
  readonly wholePage: number
  /** The newest records of a list; alerts can be limited to those up to `endDate`, inclusive, to the second. */
  firstPage(source: SourceName, options: { endDate?: Date; signal: AbortSignal }): Promise<TwilioPage>
  /** The page that `next` of another page leads to. */
  page(source: SourceName, next: string, options: { signal: AbortSignal }): Promise<TwilioPage>
  /** One record as it is now. */
  fetch(source: SourceName, sid: string, options: { signal: AbortSignal }): Promise<unknown>
}

const TOO_LONG = 'TOO_LONG'

/** An answer that is a success: parsed, and how long its text was. */
interface Whole {
  readonly body: unknown
  readonly characters: number
}

// Paths from twilio-oai (twilio_api_v2010.json, twilio_monitor_v1.json); the 2010 API answers XML without `.json`.
const endpoints: Record<
  SourceName,
  { host: string; list: (account: string) => string; record: (account: string, sid: string) => string }
> = {
  calls: {
    host: 'https://api.twilio.com',
    list: (account) => `/2010-04-01/Accounts/${account}/Calls.json`,
    record: (account, sid) => `/2010-04-01/Accounts/${account}/Calls/${sid}.json`,
  },
  messages: {
    host: 'https://api.twilio.com',
    list: (account) => `/2010-04-01/Accounts/${account}/Messages.json`,
    record: (account, sid) => `/2010-04-01/Accounts/${account}/Messages/${sid}.json`,
  },
  alerts: {
    host: 'https://monitor.twilio.com',
    list: () => '/v1/Alerts',
    record: (_account, sid) => `/v1/Alerts/${sid}`,
  },
}

/**
 * Reads one account through the official SDK. Its generic `request` is used, not `client.messages.page()`: the typed records
 * turn a missing date into the present moment and let one odd record spoil its page (SDK 6.2.0, base/deserialize.js, Page.js),
 * and what is stored is the record as Twilio gave it.
 */
export function createTwilioAccount(options: TwilioAccountOptions): TwilioAccount {
  const { accountSid, username, password } = options
  const {
    timeoutMs = 30_000,
    pageSize = LARGEST_PAGE,
    clock = () => new Date(),
    onAnswer = () => undefined,
  } = options
  const httpClient = new TwilioHttpClient({ baseUrl: options.baseUrl, timeoutMs })
  const client = twilio(username, password, { accountSid, httpClient })
  const sizes: Record<SourceName, PageSize> = {
    calls: createPageSize(pageSize),
    messages: createPageSize(pageSize),
    alerts: createPageSize(pageSize),
  }
  const credentials = username.startsWith('SK') ? 'TWILIO_API_KEY and TWILIO_API_SECRET' : 'TWILIO_AUTH_TOKEN'
  const secrets = [password, Buffer.from(`${username}:${password}`).toString('base64')]
  const redact = (text: string) =>
    secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, '****'), text)

  async function read(source: SourceName, url: URL, signal: AbortSignal): Promise<Whole> {
    const { answer, characters } = await send(url, signal)
    const failure = failureOf(answer, { source, credentials, redact, now: clock() })
    if (failure) throw failure
    if (typeof answer.body !== 'object' || answer.body === null)
      throw new TwilioReadError(
        'malformed',
        `Twilio's answer for ${source} was no JSON, or only a part of it.`,
        { status: answer.status },
      )
    return { body: answer.body, characters }
  }

  async function readPage(source: SourceName, url: URL, signal: AbortSignal): Promise<TwilioPage> {
    try {
      const { body, characters } = await read(source, url, signal)
      const page = pageOf(source, body)
      sizes[source].came({ records: page.records.length, characters })
      return page
    } catch (thrown) {
      const asked = Number(url.searchParams.get('PageSize'))
      if (!(thrown instanceof TwilioReadError) || thrown.code !== TOO_LONG) throw thrown
      sizes[source].wasTooLong(asked)
      throw new TwilioReadError('network', `${thrown.message} The next poll asks for fewer records a page.`, {
        code: TOO_LONG,
      })
    }
  }

  async function send(url: URL, signal: AbortSignal): Promise<{ answer: Answer; characters: number }> {
    try {
      const request = () => client.request({ method: 'get', uri: url.href })
      const { answer: response, characters } = await httpClient.measured(signal, request)
      const answer = answerOf(response)
      onAnswer(answer.status)
      return { answer, characters }
    } catch (thrown) {
      signal.throwIfAborted()
      onAnswer('none')
      throw thrown instanceof TwilioReadError ? thrown : networkFailure(thrown, timeoutMs)
    }
  }

  return {
    accountSid,
    wholePage: pageSize,
    async firstPage(source, { endDate, signal }) {
      const url = new URL(endpoints[source].list(encodeURIComponent(accountSid)), endpoints[source].host)
      url.searchParams.set('PageSize', String(sizes[source].begin()))
      if (endDate) url.searchParams.set('EndDate', `${endDate.toISOString().slice(0, 19)}Z`)
      return readPage(source, url, signal)
    },
    async page(source, next, { signal }) {
      return readPage(source, linkOf(next, source), signal)
    },
    async fetch(source, sid, { signal }) {
      const path = endpoints[source].record(encodeURIComponent(accountSid), encodeURIComponent(sid))
      const { body } = await read(source, new URL(path, endpoints[source].host), signal)
      return body
    },
  }
}

/** The 2010 API's links are relative to its host, the monitor API's are absolute. */
function linkOf(next: string, source: SourceName): URL {
  if (!URL.canParse(next, endpoints[source].host))
    throw new TwilioReadError('malformed', `Twilio's link to the next page of ${source} is no link.`)
  return new URL(next, endpoints[source].host)
}

function pageOf(source: SourceName, body: unknown): TwilioPage {
  const page = body as Record<string, unknown>
  const meta = page['meta'] as Record<string, unknown> | null | undefined
  const records = page[source]
  if (!Array.isArray(records))
    throw new TwilioReadError('malformed', `Twilio's answer holds no list of ${source}.`)
  const next = page['next_page_uri'] ?? meta?.['next_page_url'] ?? null
  if (next !== null && typeof next !== 'string')
    throw new TwilioReadError('malformed', `Twilio's link to the next page of ${source} is no text.`)
  return { records, next: next === '' ? null : next }
}

/** The SDK declares no type for what `request` gives: status, parsed body (its text where it is no JSON) and headers. */
function answerOf(response: { statusCode: number; body: unknown; headers?: unknown }): Answer {
  const headers = response.headers as Record<string, unknown> | undefined
  const retryAfter = headers?.['retry-after']
  return {
    status: response.statusCode,
    body: response.body,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
  }
}

/** Only the code of what the SDK threw is kept: the error itself carries the Authorization header, even as JSON. */
function networkFailure(thrown: unknown, timeoutMs: number): TwilioReadError {
  if (wasCutOff(thrown))
    return new TwilioReadError('network', 'An answer of Twilio was longer than is read at once.', {
      code: TOO_LONG,
    })
  const code =
    thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
  const late = code === 'ERR_CANCELED' || code === 'ECONNABORTED' || code === 'ETIMEDOUT'
  const message = late
    ? `Twilio did not answer within ${timeoutMs / 1_000} s.`
    : `Twilio could not be read${code ? ` (${code})` : ''}: the connection failed or was cut.`
  return new TwilioReadError('network', message, { code })
}
