import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RequestHandler } from 'express'

/** GraphQL as the HTTP server mounts it once it is ready. */
export interface GraphqlFace {
  /** Answers a request whose key has been checked (`response.locals.principal`) and whose body has been parsed. */
  readonly handle: RequestHandler
  /** Takes over a socket; its key comes with its first message. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** WebSockets that are open. */
  readonly openSockets: number
  /** Ends every subscription and closes the sockets with 1001. */
  close(): Promise<void>
}
