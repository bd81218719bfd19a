import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import { createClient } from 'graphql-ws'
import { graphqlUrl, socketUrl } from '../../api/endpoints.js'
import { say } from '../../strings.js'
import type { Operation } from './operation.js'

/** What the explorer hears of an operation that it runs. */
export interface Hearer {
  /** An answer as it came, or an event of a subscription. */
  answer(value: unknown): void
  /** Nothing comes any more; `fault` says why, where that was not meant. */
  ended(fault?: string): void
}

/** Asks as any client of the API does, and shows what comes as it is. */
export class ExplorerApi {
  constructor(
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

  /** The schema that the server tells of. Throws where it does not. */
  async schema(): Promise<GraphQLSchema> {
    const operation = { query: getIntrospectionQuery(), operationName: undefined, variables: {} }
    const answer = (await this.send(operation)) as { readonly data?: IntrospectionQuery }
    if (!answer.data) throw new Error(say.explorer.noSchema)
    return buildClientSchema(answer.data)
  }

  private ask(operation: Operation, hearer: Hearer): () => void {
    const stop = new AbortController()
    const ask = async (): Promise<void> => {
      try {
        hearer.answer(await this.send(operation, stop.signal))
        hearer.ended()
      } catch (error) {
        hearer.ended(wordsOf(error))
      }
    }
    void ask()
    return () => stop.abort()
  }

  private async send(
    { query, operationName, variables }: Omit<Operation, 'isSubscription'>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const response = await fetch(graphqlUrl(this.base), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': this.key },
      body: JSON.stringify({ query, operationName, variables }),
      ...(signal && { signal }),
    })
    return response.json()
  }

  /** A socket for this subscription alone: what is tried out here must not disturb the page's own feeds. */
  private follow({ query, operationName, variables }: Operation, hearer: Hearer): () => void {
    const client = createClient({
      url: socketUrl(this.base).href,
      connectionParams: { apiKey: this.key },
      retryAttempts: 0,
    })
    client.subscribe(
      { query, operationName: operationName ?? null, variables: variables as Record<string, unknown> },
      {
        next: (event) => hearer.answer(event),
        error: (error) => hearer.ended(wordsOf(error)),
        complete: () => hearer.ended(),
      },
    )
    return () => void client.dispose()
  }
}

/** Of an error, a close event, or a list of GraphQL errors. */
function wordsOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(wordsOf).join('\n')
  if (typeof error !== 'object' || error === null) return String(error)
  if ('reason' in error && typeof error.reason === 'string' && error.reason !== '') return error.reason
  return 'message' in error && typeof error.message === 'string' ? error.message : say.explorer.closed
}
