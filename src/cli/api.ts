import { CliError } from './cli-error.js'
import { type ConnectionOptions, findConnection } from './connection.js'
import { ExitCode } from './exit-code.js'

/** What GraphQL found wrong. */
interface GraphqlFault {
  readonly message: string
  readonly extensions?: {
    readonly code?: string
    readonly fields?: readonly { readonly path: string; readonly message: string }[]
  }
}

interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly GraphqlFault[]
}

/** The product refused an operation; `fields` names what of the input it did not like. */
export class ApiError extends CliError {
  constructor(
    message: string,
    readonly code: string,
    readonly fields: readonly { readonly path: string; readonly message: string }[],
    hint: string | null,
  ) {
    super(message, isAboutKey(code) ? ExitCode.REFUSED : ExitCode.FAILURE, hint)
  }
}

/** A running product, asked over its public API. */
export interface Api {
  readonly url: string
  request<Data>(query: string, variables?: object): Promise<Data>
  follow<Data>(query: string, options: FollowOptions<Data>): AsyncIterable<Data>
}

export interface FollowOptions<Data> {
  /** Asked for before each connection: so a subscription goes on where it was cut. */
  readonly variables: () => object
  /** Hears of each event as it arrives, which may be long before a slow reader takes it. */
  readonly onArrival: (data: Data) => void
  /** The connection was cut and is made again; hears once why where the server has no room for it yet, null of any other cut. */
  readonly onCut: (refusal: string | null) => void
  readonly signal: AbortSignal
}

/** Codes with which the server closes a socket for good. */
const FINAL_CLOSES = new Set([4400, 4401, 4403, 4406, 4409])
/** The server closes a socket so that it may have later; its reason says why. */
const TRY_AGAIN_LATER = 1013
const PING_MS = 10_000

/** How long a socket may be silent after a ping, in milliseconds: then the other side is gone. */
const PONG_MS = 10_000

export function openApi(options: ConnectionOptions): Api {
  const { url, apiKey } = findConnection(options)
  return {
    url,
    async request<Data>(query: string, variables: object = {}) {
      const answer = await post<Data>(url, apiKey, { query, variables })
      if (answer.errors) throw refusalOf(answer.errors)
      return answer.data as Data
    },
    follow: (query, follow) => followFeed(`${url.replace('http', 'ws')}/graphql`, apiKey, query, follow),
  }
}

async function post<Data>(url: string, apiKey: string, body: object): Promise<Answer<Data>> {
  let response: Response
  try {
    response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
      body: JSON.stringify(body),
    })
  } catch (failure) {
    throw unreachable(url, failure)
  }
  const text = await response.text()
  const answer = parseAnswer<Data>(text)
  if (response.status === 503)
    throw new CliError(
      `GiftPulse at ${url} cannot answer yet: ${answer?.errors?.[0]?.message ?? 'it is not ready'}`,
      ExitCode.UNREACHABLE,
      'Try again in a moment; giftpulse doctor says what it may be waiting for.',
    )
  if (answer) return answer
  throw new CliError(
    `${url} answered ${response.status}, and not as GiftPulse does.`,
    ExitCode.UNREACHABLE,
    'Is it the address of GiftPulse? Say where it is reached: --url or GIFTPULSE_URL.',
  )
}

function parseAnswer<Data>(text: string): Answer<Data> | null {
  try {
    const parsed = JSON.parse(text) as unknown
    const isAnswer = typeof parsed === 'object' && parsed !== null && ('data' in parsed || 'errors' in parsed)
    return isAnswer ? (parsed as Answer<Data>) : null
  } catch {
    return null
  }
}

async function* followFeed<Data>(
  url: string,
  apiKey: string,
  query: string,
  { variables, onArrival, onCut, signal }: FollowOptions<Data>,
): AsyncGenerator<Data> {
  // Most commands need no socket, and loading what makes one takes a while.
  const [{ createClient, MessageType }, { WebSocket }] = await Promise.all([
    import('graphql-ws'),
    import('ws'),
  ])
  // It may have been told to end meanwhile.
  if (signal.aborted) return
  let pongDue: NodeJS.Timeout | undefined
  let isEnding = false
  let told: string | null = null
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { apiKey },
    keepAlive: PING_MS,
    retryAttempts: Infinity,
    shouldRetry: (problem) => !FINAL_CLOSES.has(closeCodeOf(problem)),
    on: {
      ping: (received) => {
        if (!received) pongDue = setTimeout(() => client.terminate(), PONG_MS)
      },
      pong: (received) => {
        if (received) clearTimeout(pongDue)
      },
      message: (message) => {
        if (message.type === MessageType.Next && message.payload.data) onArrival(message.payload.data as Data)
      },
      closed: (closed) => {
        clearTimeout(pongDue)
        if (isEnding || signal.aborted) return
        const refusal = refusalIn(closed)
        if (refusal === null || refusal !== told) onCut(refusal)
        told = refusal
      },
    },
  })
  const events = client.iterate<Data>({
    query,
    get variables() {
      return variables() as Record<string, unknown>
    },
  })
  const stop = (): void => void events.return?.()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const { data, errors } of events) {
      if (errors) throw refusalOf(errors as readonly GraphqlFault[])
      if (data) yield data
    }
  } catch (failure) {
    throw closeCodeOf(failure) === 4403 ? refusalOf([badKey]) : asCliError(failure)
  } finally {
    isEnding = true
    signal.removeEventListener('abort', stop)
    await client.dispose()
  }
}

const badKey: GraphqlFault = { message: 'The key is not valid.', extensions: { code: 'UNAUTHENTICATED' } }

function asCliError(failure: unknown): CliError {
  if (failure instanceof CliError) return failure
  if (Array.isArray(failure)) return refusalOf(failure as readonly GraphqlFault[])
  const code = closeCodeOf(failure)
  return new CliError(code > 0 ? `The socket was closed (${code}).` : String(failure))
}

function closeCodeOf(problem: unknown): number {
  const code = (problem as { code?: unknown } | null)?.code
  return typeof code === 'number' ? code : 0
}

/** Why the server takes no socket now, where that is what it closed one for. */
function refusalIn(closed: unknown): string | null {
  return closeCodeOf(closed) === TRY_AGAIN_LATER ? (closed as { reason: string }).reason : null
}

function refusalOf(faults: readonly GraphqlFault[]): ApiError {
  const [first] = faults
  const code = first?.extensions?.code ?? 'INTERNAL_SERVER_ERROR'
  return new ApiError(first?.message ?? 'refused', code, first?.extensions?.fields ?? [], hintFor(code))
}

function isAboutKey(code: string): boolean {
  return code === 'UNAUTHENTICATED' || code === 'FORBIDDEN'
}

function hintFor(code: string): string | null {
  if (code === 'UNAUTHENTICATED') return 'Set API_KEY or give --api-key-file with a key of this installation.'
  if (code === 'FORBIDDEN')
    return 'Use a key with that scope: giftpulse keys create NAME --scope SCOPE makes one.'
  if (code === 'CURSOR_EXPIRED') return 'What followed it is no longer kept: begin anew without it.'
  return null
}

function unreachable(url: string, failure: unknown): CliError {
  const cause = (failure as { cause?: { code?: unknown } }).cause?.code
  return new CliError(
    `GiftPulse cannot be reached at ${url}${typeof cause === 'string' ? ` (${cause})` : ''}.`,
    ExitCode.UNREACHABLE,
    'Start it with giftpulse start, or say where it is: --url or GIFTPULSE_URL.',
  )
}
