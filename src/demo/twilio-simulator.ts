import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '../errors.js'
import { refusal, success, type Answer } from './answer.js'
import { isAuthorized, type Credentials } from './credentials.js'
import { FilterError, type DateGranularity } from './list-filters.js'
import { listPage } from './list-page.js'
import { RequestLog, type SeenRequest } from './request-log.js'
import type { Route } from './route.js'
import type { TwilioWorld } from './world.js'

export interface SimulatorOptions extends Credentials {
  readonly world: TwilioWorld
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** How date filters of calls and messages treat a datetime; `day` unless told. */
  readonly dateGranularity?: DateGranularity
  /** Scheme and host of the monitor API's absolute page links: Twilio's own unless told. */
  readonly monitorUrl?: string
  readonly clock?: () => Date
  /** Stands before every answer: calls `next` to let it go out, or writes to the response itself. */
  readonly intercept?: Intercept
}

/** What an {@link Intercept} works with. `answer` says what would be sent if asked now. */
export interface Exchange {
  readonly request: SeenRequest
  readonly response: ServerResponse
  answer(): Answer
}
/** What it returns is awaited and not used. */
export type Intercept = (exchange: Exchange, next: () => void) => unknown

export interface TwilioSimulator {
  /** `http://127.0.0.1:<port>`, for TWILIO_BASE_URL. */
  readonly url: string
  readonly port: number
  readonly requests: RequestLog
  /** Cuts what is open and frees the port. */
  stop(): Promise<void>
}

/** Twilio's reads of calls, messages and alerts over plain HTTP on loopback, from that world's records. */
export async function startTwilioSimulator(options: SimulatorOptions): Promise<TwilioSimulator> {
  const clock = options.clock ?? (() => new Date())
  const requests = new RequestLog()
  const server = createServer((incoming, response) => {
    const request = requests.begin(incoming, response, clock())
    const answer = () => answerTo(request, incoming.headers.authorization, options, clock())
    void respond({ request, response, answer }, options.intercept)
  })
  // Longer than any poll interval of the demo: a socket closed between two polls shows as a reset now and then.
  server.keepAliveTimeout = 65_000
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port, requests, stop: () => stop(server) }
}

async function respond(exchange: Exchange, intercept: Intercept | undefined): Promise<void> {
  const { request, response } = exchange
  const sendAnswer = () => send(response, exchange.answer(), request)
  try {
    if (intercept) await intercept(exchange, sendAnswer)
    else sendAnswer()
  } catch (thrown) {
    send(response, refusal(500, 20500, messageOf(thrown)), request)
  }
}

function answerTo(
  request: SeenRequest,
  authorization: string | undefined,
  options: SimulatorOptions,
  now: Date,
): Answer {
  const { route, path, query } = request
  if (!isAuthorized(authorization, options)) {
    return refusal(401, 20003, 'Authenticate', { 'WWW-Authenticate': 'Basic realm="Twilio API"' })
  }
  if (!route || !belongsTo(route, options.accountSid)) return notFound(path)
  if (request.method !== 'GET') return refusal(405, 20004, 'Method not allowed')
  const { source, sid } = route
  if (sid !== null) {
    const record = options.world.find(source, sid, now)
    return record ? success(record) : notFound(path)
  }
  const granularity = options.dateGranularity ?? 'day'
  const monitorUrl = options.monitorUrl ?? 'https://monitor.twilio.com'
  try {
    return success(
      listPage({ source, path, query, granularity, monitorUrl }, options.world.records(source, now)),
    )
  } catch (error) {
    if (error instanceof FilterError) return refusal(400, error.code, error.message)
    throw error
  }
}

/** A path without an account (alerts) belongs to whoever's credentials came with it. */
function belongsTo(route: Route, accountSid: string): boolean {
  return route.accountSid === null || route.accountSid === accountSid
}

function notFound(path: string): Answer {
  return refusal(404, 20404, `The requested resource ${path} was not found`)
}

function send(response: ServerResponse, answer: Answer, request: SeenRequest): void {
  if (response.headersSent || response.destroyed) return
  response
    .writeHead(answer.status, {
      ...answer.headers,
      'Content-Length': Buffer.byteLength(answer.body),
      'Twilio-Concurrent-Requests': request.concurrent,
    })
    .end(answer.body)
}

async function stop(server: ReturnType<typeof createServer>): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
