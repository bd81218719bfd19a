import { createClient } from 'graphql-ws'
import type { Api } from '../../api/api.js'
import { ApiError, faultOf, type GraphqlError } from '../../api/api-error.js'
import { socketUrl } from '../../api/endpoints.js'
import { isForbidden } from '../../api/subscription-end.js'
import { say } from '../../strings.js'
import type { Operation } from './operation.js'

/** As long as the longest work of the server may take; who does not want to wait stops it. */
const TIMEOUT_MS = 900_000

/** What the explorer hears of an operation that it runs. */
export interface Hearer {
  /** An answer as it came, or an event of a subscription. */
  answer(value: unknown): void
  /** Nothing comes any more; `fault` says why, where that was not meant. */
  ended(fault?: Error): void
}

/** Asks as any client of the API does, and shows what comes as it is. */
export class ExplorerApi {
  constructor(
    private readonly api: Pick<Api, 'askAsItIs'>,
    private readonly base: string,
    private readonly key: string,
  ) {}

  /** Runs an operation; what it returns stops it, and nothing is heard of it from then on. */
  run(operation: Operation, hearer: Hearer): () => void {
    let isStopped = false
    const untilStopped: Hearer = {
      answer: (value) => isStopped || hearer.answer(value),
      ended: (fault) => isStopped || hearer.ended(fault),
    }
    const stop = operation.isSubscription
      ? this.follow(operation, untilStopped)
      : this.ask(operation, untilStopped)
    return () => {
      isStopped = true
      stop()
    }
  }

  private ask({ query, operationName, variables }: Operation, hearer: Hearer): () => void {
    const stop = new AbortController()
    const ask = async (): Promise<void> => {
      try {
        hearer.answer(await this.api.askAsItIs({ query, operationName, variables }, TIMEOUT_MS, stop.signal))
        hearer.ended()
      } catch (error) {
        hearer.ended(error instanceof Error ? error : new Error(String(error)))
      }
    }
    void ask()
    return () => stop.abort()
  }

  /** A socket for this subscription alone: what is tried out here must not disturb the page's own feeds. */
  private follow({ query, operationName, variables }: Operation, hearer: Hearer): () => void {
    let wasConnected = false
    const client = createClient({
      url: socketUrl(this.base).href,
      connectionParams: { apiKey: this.key },
      retryAttempts: 0,
      on: { connected: () => void (wasConnected = true) },
    })
    client.subscribe(
      { query, operationName: operationName ?? null, variables: variables as Record<string, unknown> },
      {
        next: (event) => hearer.answer(event),
        error: (error) => hearer.ended(endOf(error, wasConnected)),
        complete: () => hearer.ended(),
      },
    )
    return () => void client.dispose()
  }
}

/** Why a subscription ended, of what graphql-ws hands over: a list of GraphQL errors, a close event, or what the browser says of a socket. */
function endOf(end: unknown, wasConnected: boolean): ApiError {
  if (Array.isArray(end)) {
    const errors = end as readonly GraphqlError[]
    return new ApiError(faultOf(errors), errors.map(({ message }) => message).join('\n'))
  }
  const { reason } = (end ?? {}) as { readonly reason?: unknown }
  if (typeof reason === 'string' && reason !== '')
    return new ApiError(isForbidden(end) ? 'refused' : 'unanswered', reason)
  return wasConnected
    ? new ApiError('unanswered', say.explorer.closed)
    : new ApiError('unreachable', say.api.unreachable)
}
