import type { PageAnswer, PulseAnswer } from './answers.js'
import { PAGE, PULSE } from './operations.js'

const TIMEOUT_MS = 15_000

export type ApiFault = 'refused' | 'unreachable' | 'failed'

/** Why a query brought nothing: the key was `refused`, nobody answered, or the answer was an error. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly code: ApiFault,
    message: string,
  ) {
    super(message)
  }
}

/** The queries of the page, over HTTP. Every method throws only `ApiError`. */
export class Api {
  constructor(
    private readonly url: URL,
    private readonly key: string,
  ) {}

  page(): Promise<PageAnswer> {
    return this.query<PageAnswer>(PAGE)
  }

  pulse(): Promise<PulseAnswer> {
    return this.query<PulseAnswer>(PULSE)
  }

  private async query<Data>(query: string): Promise<Data> {
    const response = await this.send(query)
    if (response.status === 401) throw new ApiError('refused', 'The key was refused.')
    const answer = (await response.json().catch(() => null)) as Answer<Data> | null
    if (answer?.errors?.length) throw failure(answer.errors)
    if (!answer?.data) throw new ApiError('failed', `The server answered ${response.status} without data.`)
    return answer.data
  }

  private async send(query: string): Promise<Response> {
    try {
      return await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': this.key },
        body: JSON.stringify({ query }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch (cause) {
      throw new ApiError(
        'unreachable',
        isTimeout(cause) ? 'The server does not answer.' : 'The server cannot be reached.',
      )
    }
  }
}

interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

function failure(errors: NonNullable<Answer<never>['errors']>): ApiError {
  if (errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED'))
    return new ApiError('refused', 'The key was refused.')
  return new ApiError('failed', `The server answered: ${errors[0]?.message ?? 'an error without words'}`)
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'TimeoutError'
}
