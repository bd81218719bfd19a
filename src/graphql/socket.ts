import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { CloseCode, type ServerOptions, handleProtocols, makeServer } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Caller } from '../audit/caller.js'
import { PublicError, RateLimitedError, UnavailableError } from '../errors.js'
import { callerBy } from '../http/caller.js'
import type { Admission, Authenticate, Principal } from '../http/principal.js'
import { refuseUpgrade } from '../http/refuse-upgrade.js'
import type { DetailedLines } from '../logger/paced.js'
import { CheckedDocuments } from './checked-documents.js'
import type { Context } from './context.js'
import type { FormatError } from './errors.js'
import { watchKeys } from './key-watch.js'
import { createSubscribe } from './shared-answers.js'

/** How long a new socket may wait before it names its key, and how often it is asked whether it lives, in milliseconds. */
const INIT_WAIT_MS = 3_000
const PING_MS = 12_000
/** Size of one message from a client, in bytes. */
const MAX_PAYLOAD = 64 * 1024
/** A client that leaves so many bytes of answers unread is not listened to until it has read them. */
const MAX_UNREAD = 1024 * 1024
/** Operations that may run at once on one socket. */
const MAX_OPERATIONS = 100
/** Sockets that one key may have open. */
const MAX_SOCKETS = 200
/**
 * Sockets that may be open from one address, whatever their keys: a quarter of all connections of a process. A proxy is one address,
 * and so are all who come through it.
 */
const MAX_SOCKETS_FROM = 1_000

export interface SocketDeps extends Admission {
  readonly schema: GraphQLSchema
  readonly contextOf: (principal: Principal, caller: Caller) => Context
  readonly formatError: FormatError
  readonly logger: DetailedLines
}

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** How many are open. */
  readonly open: number
  close(): Promise<void>
}

/** What belongs to one socket besides the protocol's own state. */
interface Extra {
  principal: Principal | null
  /** The address at its other end. */
  readonly from: string | undefined
  close(code: number, reason: string): void
  /** Its key is no longer valid. */
  end(): void
}

/** Close code of WebSocket itself, for a server that cannot be used now: clients try again. */
const TRY_AGAIN_LATER = 1013

/**
 * GraphQL over `graphql-transport-ws`. The protocol is graphql-ws's; this carries its messages over `ws`, in place of its
 * own adapter, which writes to the console and keeps no rein on a socket that fails.
 */
export function createSockets(deps: SocketDeps): Sockets {
  const opened = new Set<Extra>()
  const protocol = makeServer<Record<string, unknown>, Extra>(protocolOptions(deps, opened))
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    // One message of each socket in turn: whoever sends many at once must not make everybody else wait for all of them.
    allowSynchronousEvents: false,
    handleProtocols,
  })

  const stopWatching = watchKeys(opened, deps.isStillValid, (failure) =>
    deps.logger.error({ err: failure }, 'the keys of open sockets could not be checked'),
  )

  const carry = (socket: WebSocket, from: string | undefined): void => {
    const extra: Extra = {
      principal: null,
      from,
      close: (code, reason) => socket.close(code, reason),
      end: () => socket.close(CloseCode.Forbidden, 'Forbidden'),
    }
    opened.add(extra)
    const stopPinging = keepAlive(socket)
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        // Resolves once the message has left this process: a reader that does not read holds back its own events only.
        send: (data) =>
          new Promise((resolve) => {
            if (socket.readyState !== socket.OPEN) resolve()
            else
              socket.send(data, () => {
                if (socket.isPaused && socket.bufferedAmount <= MAX_UNREAD) socket.resume()
                resolve()
              })
          }),
        close: extra.close,
        onMessage: (handle) => {
          socket.on('message', (data) => {
            if (socket.bufferedAmount > MAX_UNREAD) socket.pause()
            const handled = deps.running.during(extra.principal, () => handle(String(data)))
            handled.catch((failure: unknown) => {
              deps.logger.error({ err: failure }, 'a socket message could not be handled')
              socket.close(CloseCode.InternalServerError, 'Internal server error')
            })
          })
        },
      },
      extra,
    )
    // Such as a message over the limit; `ws` closes the socket with the right code itself.
    socket.on('error', (failure) => deps.logger.debug({ err: failure }, 'a socket failed'))
    socket.once('close', (code, reason) => {
      stopPinging()
      opened.delete(extra)
      closed(code, String(reason)).catch((failure: unknown) => {
        deps.logger.error({ err: failure }, 'a socket could not be tidied up')
      })
    })
  }

  return {
    upgrade: (request, socket, head) => {
      const from = request.socket.remoteAddress
      if (countFrom(from, opened) >= MAX_SOCKETS_FROM)
        refuseUpgrade(
          socket,
          '429 Too Many Requests',
          `At most ${MAX_SOCKETS_FROM} sockets at once from one address`,
        )
      else server.handleUpgrade(request, socket, head, (opening) => carry(opening, from))
    },
    get open() {
      return server.clients.size
    },
    close: () => {
      stopWatching()
      return closeAll(server)
    },
  }
}

function protocolOptions(
  { schema, contextOf, formatError, authenticate, countRequest, running }: SocketDeps,
  opened: ReadonlySet<Extra>,
): ServerOptions<Record<string, unknown>, Extra> {
  const documents = new CheckedDocuments(schema)
  return {
    connectionInitWaitTimeout: INIT_WAIT_MS,
    subscribe: createSubscribe(),
    onConnect: async ({ connectionParams, extra }) => {
      const key = connectionParams?.apiKey
      const principal = await admit(authenticate, typeof key === 'string' ? key : undefined, extra)
      if (principal && countOf(principal, opened) >= MAX_SOCKETS) {
        extra.close(TRY_AGAIN_LATER, `At most ${MAX_SOCKETS} sockets at once with one key`)
        return false
      }
      extra.principal = principal
      // A page compares with it what it is told of, whatever the clock of its device says.
      return principal !== null && { serverTime: new Date().toISOString() }
    },
    onSubscribe: async ({ subscriptions, extra }, _id, payload) => {
      const principal = extra.principal!
      if (Object.keys(subscriptions).length > MAX_OPERATIONS)
        return [tooMany(MAX_OPERATIONS, 'on one socket')]
      if (running.areTooMany(principal)) return [tooMany(running.most, 'with one key')]
      const tooMuch = await rejectionOf(countRequest(principal))
      if (tooMuch) return [tooMuch]
      const document = documents.check(payload.query)
      if (Array.isArray(document)) return document
      return {
        schema,
        document,
        operationName: payload.operationName ?? null,
        variableValues: payload.variables ?? null,
        contextValue: contextOf(principal, callerBy(principal, randomUUID(), extra.from)),
      }
    },
    onError: (_socket, _id, _payload, errors) => errors.map(formatError),
    onNext: (_socket, _id, _payload, _args, result) =>
      result.errors ? ({ ...result, errors: result.errors.map(formatError) } as never) : undefined,
  }
}

/** Whose key it is; null where the socket is closed: by graphql-ws with 4403, or here, where another code says why. */
async function admit(
  authenticate: Authenticate,
  key: string | undefined,
  { from, close }: Extra,
): Promise<Principal | null> {
  try {
    return await authenticate(key, from)
  } catch (failure) {
    if (failure instanceof RateLimitedError) close(CloseCode.TooManyInitialisationRequests, failure.message)
    else if (failure instanceof UnavailableError) close(TRY_AGAIN_LATER, failure.message)
    else throw failure
    return null
  }
}

/** How many sockets a key has opened. */
function countOf({ keyId }: Principal, opened: ReadonlySet<Extra>): number {
  let count = 0
  for (const { principal } of opened) if (principal?.keyId === keyId) count += 1
  return count
}

/** How many sockets are open from an address. */
function countFrom(address: string | undefined, opened: ReadonlySet<Extra>): number {
  let count = 0
  for (const { from } of opened) if (from === address) count += 1
  return count
}

function tooMany(most: number, where: string): GraphQLError {
  return asGraphql(new PublicError('RATE_LIMITED', `At most ${most} operations at once ${where}.`))
}

async function rejectionOf(counted: Promise<void>): Promise<GraphQLError | null> {
  try {
    await counted
    return null
  } catch (failure) {
    if (failure instanceof RateLimitedError) return asGraphql(failure)
    throw failure
  }
}

function asGraphql(originalError: PublicError): GraphQLError {
  return new GraphQLError(originalError.message, { originalError })
}

/** Ends a socket whose other side has been silent for a whole round. */
function keepAlive(socket: WebSocket): () => void {
  let isAlive = true
  socket.on('pong', () => (isAlive = true))
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate()
      return
    }
    isAlive = false
    socket.ping()
  }, PING_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** How long clients get to answer the closing, in milliseconds. */
const CLOSING_MS = 2_000

async function closeAll(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.close(1001, 'Going away')
  const deadline = setTimeout(() => {
    for (const socket of server.clients) socket.terminate()
  }, CLOSING_MS)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearTimeout(deadline)
}
