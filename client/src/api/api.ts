import { ApiError, faultOf, fieldFaultsOf, type GraphqlError, placesOf } from './api-error.js'
import type { TypedDocumentString } from './documents.js'
import { say } from '../strings.js'

const TIMEOUT_MS = 20_000
/** What breaks off later than this was under way. */
const AT_ONCE_MS = 1_000
/** By these a proxy says that the server has not answered it; the last is Cloudflare's own. */
const UNANSWERED = new Set([502, 504, 524])

/** What a 401 says, whoever answers it in whatever words. */
const REFUSED: GraphqlError = { message: say.api.refused, extensions: { code: 'UNAUTHENTICATED' } }

/** The public GraphQL API over HTTP. Every method throws only `ApiError`. */
export class Api {
  constructor(
    private readonly url: URL,
    private readonly key: string,
    /** Hears of it when the key is not, or no longer, valid, whatever was asked for. */
    private readonly refused: () => void,
  ) {}

  /** What a query or mutation answers within `timeoutMs`; `signal` gives it up, which throws `ApiError` too. */
  async ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Data> {
    const { data, error } = await this.askForParts(document, variables, signal, timeoutMs)
    if (error) throw error
    return data
  }

  /** What a query answers, also where a part of it failed; throws where nothing came. */
  async askForParts<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Parts<Data>> {
    const operation = { query: document.toString(), variables }
    const { status, answer } = await this.exchange(operation, timeoutMs, signal)
    if (status === 401) throw this.failure([REFUSED])
    const { data, errors = [] } = (answer ?? {}) as Answer<Data>
    if (errors.length > 0) {
      // Where nothing but null came, nobody knows whether there is nothing.
      if (!data || isNothing(data) || faultOf(errors) === 'refused') throw this.failure(errors)
      return { data, error: this.failure(errors, placesOf(errors)) }
    }
    if (!data) throw noData(status)
    return { data, error: null }
  }

  /** What is answered to any operation, as it came; throws where no answer did. */
  async askAsItIs(operation: object, timeoutMs: number, signal?: AbortSignal): Promise<unknown> {
    const { status, answer } = await this.exchange(operation, timeoutMs, signal)
    if (answer === null) throw noData(status)
    return answer
  }

  /** Sends a mutation from a page that may be gone before its answer comes: the browser sees to it, and nobody hears of it. */
  tellLast<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): void {
    const body = JSON.stringify({ query: document.toString(), variables })
    fetch(this.url, { ...this.post(body), keepalive: true }).catch(() => {})
  }

  private failure(errors: readonly GraphqlError[], places: readonly string[] = []): ApiError {
    const [first] = errors
    const fault = faultOf(errors)
    if (fault === 'refused') this.refused()
    const message = fault === 'refused' ? REFUSED.message : (first?.message ?? say.api.noWords)
    return new ApiError(fault, message, fieldFaultsOf(errors), places)
  }

  private post(body: string): RequestInit {
    const headers = { 'content-type': 'application/json', 'x-api-key': this.key }
    return { method: 'POST', headers, body }
  }

  /** The answer to an operation; null where what came is none of the server's. */
  private async exchange(
    operation: object,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<{ readonly status: number; readonly answer: unknown }> {
    const response = await this.send(JSON.stringify(operation), AbortSignal.timeout(timeoutMs), signal)
    return { status: response.status, answer: await response.json().catch(() => null) }
  }

  private async send(body: string, timeout: AbortSignal, signal?: AbortSignal): Promise<Response> {
    const begun = performance.now()
    try {
      return await fetch(this.url, {
        ...this.post(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
    } catch {
      if (timeout.aborted) throw new ApiError('unanswered', say.api.silent)
      const isAtOnce = performance.now() - begun < AT_ONCE_MS
      throw new ApiError(isAtOnce ? 'unreachable' : 'unanswered', say.api.unreachable)
    }
  }
}

/** An answer, and what is wrong with the part of it that did not come. */
export interface Parts<Data> {
  readonly data: Data
  readonly error: ApiError | null
}

function noData(status: number): ApiError {
  return new ApiError(UNANSWERED.has(status) ? 'unanswered' : 'failed', say.api.noData(status))
}

function isNothing(data: unknown): boolean {
  return Object.values(data ?? {}).every((value) => value === null)
}

interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly GraphqlError[]
}
