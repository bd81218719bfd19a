import { type IncomingMessage, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import express, { type Express, type RequestHandler } from 'express'
import { StartError } from '../errors.js'
import { ApiScope } from '../keys/scope.js'
import type { LineWriter } from '../logger/rate-limited.js'
import { nameRequest } from './caller.js'
import { cors } from './cors.js'
import { docsPage } from './docs-page.js'
import type { GraphqlFace } from './graphql-face.js'
import { graphqlMount } from './graphql-mount.js'
import { type HealthDeps, healthRoutes } from './health-routes.js'
import { type Exposition, metricsRoute } from './metrics-route.js'
import { type OriginPolicy, originPolicy } from './origins.js'
import { page } from './page.js'
import { type PollerStatusDeps, pollerStatusRoute } from './poller-status-route.js'
import { failed, notFound } from './problem.js'
import { refuseUpgrade } from './refuse-upgrade.js'
import { scopeGuard } from './require-scope.js'
import type { RestFace } from './rest-face.js'
import { InFlight } from './in-flight.js'
import { restIsStarting, restMount } from './rest-mount.js'
import { securityHeaders } from './security-headers.js'
import type { WebhookFace } from './webhook-face.js'
import { webhookRoutes } from './webhook-routes.js'

/** Against clients that send a byte a second: time for the headers, and for a whole request, in milliseconds. */
const HEADERS_MS = 15_000
const REQUEST_MS = 30_000
/**
 * How long a connection may lie idle between two requests: longer than the minute for which proxies usually keep theirs, since one that
 * ends just as the proxy uses it again is a 502 for somebody.
 */
const KEEP_ALIVE_MS = 65_000
/** How often those are looked after. */
const CHECK_MS = 2_000
/**
 * Connections at the same time; a further one is closed at once. Without a limit, whoever opens enough of them takes the descriptors
 * with which the product reaches its database and sends.
 */
const MAX_CONNECTIONS = 4_000

export interface HttpDeps extends HealthDeps, PollerStatusDeps {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
  readonly publicUrl: string
  readonly corsOrigins: readonly string[]
  /** Where the built client lies. */
  readonly clientDirectory: string
  /** Paced: while a service is away, or under an attack, many requests fail at once. */
  readonly logger: LineWriter
  readonly exposition: Exposition
  /** Connections at the same time; without it 4,000. */
  readonly maxConnections?: number
}

export interface HttpServer {
  /** Begins to answer; GraphQL and REST with 503 until they are attached. Rejects where the address is taken. */
  listen(): Promise<void>
  /** Lets GraphQL in. It is closed together with the server. */
  attachGraphql(graphql: GraphqlFace): void
  /** Lets REST in. */
  attachRest(rest: RestFace): void
  /** Lets webhooks in. */
  attachWebhooks(webhooks: WebhookFace): void
  /**
   * Takes no new requests, ends the sockets, and gives what is in flight so many milliseconds to end. Whoever asks how it does is
   * still answered.
   */
  drain(withinMs: number): Promise<void>
  /** Ends whatever is left, and listens no longer. */
  close(): Promise<void>
  /** WebSockets that are open. */
  readonly openSockets: number
  /** Where it listens, such as `http://127.0.0.1:8000`; once it does. */
  readonly url: string
}

/** Everything that is reached over HTTP. It listens before the database is there, so that `/livez` and `/readyz` can say so. */
export function createHttpServer(deps: HttpDeps): HttpServer {
  let graphql: GraphqlFace | null = null
  let rest: RequestHandler = restIsStarting
  const origins = originPolicy(deps.publicUrl, deps.corsOrigins)
  let webhooks: WebhookFace | null = null
  const inFlight = new InFlight()
  let closingGraphql: Promise<void> | undefined
  const closeGraphql = () => (closingGraphql ??= graphql?.close())
  const app = createExpress(deps, origins, inFlight.gate, {
    graphql: () => graphql,
    rest: (...asked) => rest(...asked),
    webhooks: () => webhooks,
  })
  const server = createServer({ connectionsCheckingInterval: CHECK_MS }, app)
  server.headersTimeout = HEADERS_MS
  server.requestTimeout = REQUEST_MS
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.maxConnections = deps.maxConnections ?? MAX_CONNECTIONS
  server.on('drop', (dropped) =>
    deps.logger.warn(
      { from: dropped?.remoteAddress, most: server.maxConnections },
      'a connection was closed: there are too many',
    ),
  )
  server.on('upgrade', (request, socket, head) =>
    upgrade(request, socket, head, origins, inFlight.takesMore ? graphql : null),
  )

  return {
    listen: () => listening(server, deps.port, deps.host),
    attachGraphql: (face) => (graphql = face),
    attachRest: (face) => (rest = restMount(face, deps)),
    attachWebhooks: (face) => (webhooks = face),
    drain: async (withinMs) => {
      await Promise.all([inFlight.drain(withinMs), closeGraphql()])
    },
    close: async () => {
      const closed = closing(server)
      await closeGraphql()
      await closed
    },
    get openSockets() {
      return graphql?.openSockets ?? 0
    },
    get url() {
      const { port } = server.address() as AddressInfo
      return `http://${deps.host.includes(':') ? `[${deps.host}]` : deps.host}:${port}`
    },
  }
}

/** What is attached once it is ready; null until then. REST stands in for itself. */
export interface Faces {
  readonly graphql: () => GraphqlFace | null
  readonly rest: RequestHandler
  readonly webhooks: () => WebhookFace | null
}

/** Every way in over HTTP, in the order in which they are tried; without the sockets, which are an upgrade of a request. */
export function createExpress(
  deps: HttpDeps,
  origins: OriginPolicy,
  gate: RequestHandler,
  { graphql, rest, webhooks }: Faces,
): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(nameRequest, securityHeaders, cors(origins))
  app.use(healthRoutes(deps), pollerStatusRoute(deps))
  app.use(gate)
  app.use(metricsRoute(scopeGuard(deps.authenticate)(ApiScope.READ), deps.exposition))
  app.use('/graphql', graphqlMount({ ...deps, graphql }))
  app.use('/api', rest)
  app.use('/webhooks', webhookRoutes({ ...deps, webhooks }))
  app.use(docsPage(deps.clientDirectory), page(deps.clientDirectory))
  app.use(notFound)
  app.use(failed(deps.logger))
  return app
}

function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  origins: OriginPolicy,
  graphql: GraphqlFace | null,
): void {
  // Until a WebSocket takes over, nobody else listens: a reset would end the process.
  socket.on('error', () => socket.destroy())
  const path = request.url?.split('?', 1)[0]
  if (path !== '/graphql') refuseUpgrade(socket, '404 Not Found')
  else if (!origins.admits(request)) refuseUpgrade(socket, '403 Forbidden')
  else if (!graphql) refuseUpgrade(socket, '503 Service Unavailable')
  else graphql.upgrade(request, socket, head)
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (failure: NodeJS.ErrnoException) =>
      reject(failure.code === 'EADDRINUSE' ? portTaken(port, host, failure) : failure)
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

function portTaken(port: number, host: string, cause: Error): Error {
  return new StartError(
    `something else has port ${port} of ${host}: choose another, such as API_PORT=${port + 10}`,
    {
      cause,
    },
  )
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
