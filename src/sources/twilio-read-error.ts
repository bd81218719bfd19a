import type { SourceName } from './log.js'
import { storableText } from './storable.js'

/** Why a read failed, as far as it decides what to do next. `refused` is every other 4xx. */
export type ReadFailure =
  'throttled' | 'server' | 'network' | 'unauthorized' | 'forbidden' | 'not-found' | 'refused' | 'malformed'

/**
 * A read of Twilio that failed, told in words for operators. It is built from single fields that hold no credential: the
 * SDK's own errors carry the Authorization header and must never travel further.
 */
export class TwilioReadError extends Error {
  override readonly name = 'TwilioReadError'
  /** The HTTP status; null where no answer came. */
  readonly status: number | null
  /** Twilio's error code or the network's (`ECONNRESET`). */
  readonly code: string | null
  /** How long Twilio asked to wait. */
  readonly retryAfterMs: number | null

  constructor(
    readonly kind: ReadFailure,
    message: string,
    details: { status?: number; code?: string | null; retryAfterMs?: number | null } = {},
  ) {
    super(message)
    this.status = details.status ?? null
    this.code = details.code ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
  }
}

/** An answer that came whole, whatever it says. */
export interface Answer {
  readonly status: number
  /** Parsed where it was JSON, else its text. */
  readonly body: unknown
  readonly retryAfter: string | null
}

/** What is being read, for the words of a failure. */
export interface Reading {
  readonly source: SourceName
  /** Which settings hold the credentials in use. */
  readonly credentials: string
  /** Cleans text that came from outside of everything secret. */
  readonly redact: (text: string) => string
  readonly now: Date
}

/** The failure that an answer stands for; null when it is a success. */
export function failureOf(answer: Answer, reading: Reading): TwilioReadError | null {
  const { status } = answer
  if (status >= 200 && status < 300) return null
  const kind = kindOf(status)
  const code = codeOf(answer.body)
  const said = saidIn(answer.body, reading)
  return new TwilioReadError(
    kind,
    wordsFor(kind, `${status}${code ? `, code ${code}` : ''}`, said, reading),
    {
      status,
      code,
      retryAfterMs: retryAfterMs(answer.retryAfter, reading.now),
    },
  )
}

function kindOf(status: number): ReadFailure {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 429) return 'throttled'
  if (status === 408) return 'network'
  if (status >= 500) return 'server'
  return status >= 400 ? 'refused' : 'malformed'
}

function wordsFor(kind: ReadFailure, number: string, said: string, { source, credentials }: Reading): string {
  switch (kind) {
    case 'unauthorized':
      return `Twilio refused the credentials (${number}): check ${credentials}.`
    case 'forbidden':
      return `Twilio does not let these credentials read ${source} (${number}): check the rights of ${credentials}.`
    case 'not-found':
      return `Twilio has nothing at this address (${number}): a record is gone, or TWILIO_ACCOUNT_SID is wrong.`
    case 'throttled':
      return `Twilio is throttling this account (${number}): too many requests at the same time.`
    case 'server':
      return `Twilio is having trouble answering (${number})${said}.`
    default:
      return `Twilio did not answer the request for ${source} (${number})${said}.`
  }
}

// 2010 and monitor: code, message; newer APIs (RFC 9457): code, title, detail (SDK 6.2.0, base/RestException.js, Version.js).
function codeOf(body: unknown): string | null {
  const code = fieldOf(body, 'code')
  return typeof code === 'number' || (typeof code === 'string' && /^\d{1,10}$/.test(code))
    ? String(code)
    : null
}

function saidIn(body: unknown, { redact }: Reading): string {
  const text = fieldOf(body, 'message') ?? fieldOf(body, 'detail') ?? fieldOf(body, 'title')
  return typeof text === 'string' && text !== '' ? `: ${redact(storableText(text, 2_000)).slice(0, 200)}` : ''
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined
}

/** Milliseconds named by a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000
  const until = Date.parse(header)
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime())
}
