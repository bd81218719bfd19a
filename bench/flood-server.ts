import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { buildSchema, graphql } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { page } from '../src/http/page.js'
import { securityHeaders } from '../src/http/security-headers.js'

/** A server of the dashboard whose feed is as fast as the bench likes, with no product behind it that takes its part of the machine. */
export interface FloodServer {
  readonly url: string
  /** Tells of so many new logs at once. */
  send(count: number): void
  close(): Promise<void>
}

/** Serves the built client from the product's own parts, and the schema with an empty account behind it. */
export async function startFloodServer(): Promise<FloodServer> {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))
  const logs: object[] = []
  const waiting = new Set<() => void>()

  async function* added(variables: { after: string }): AsyncGenerator<object, undefined> {
    for (let place = Number(variables.after); ; place += 1) {
      while (place >= logs.length) await new Promise<void>((resolve) => waiting.add(resolve))
      yield { logAdded: { cursor: String(place + 1), log: logs[place] } }
    }
  }
  async function* nothing(): AsyncGenerator<object, undefined> {
    await new Promise(() => {})
    yield {}
  }

  const app = express()
  app.use(securityHeaders)
  app.post('/graphql', express.json(), async (request, response) => {
    const { query, variables } = request.body as { query: string; variables: Record<string, unknown> }
    response.json(await graphql({ schema, source: query, variableValues: variables, rootValue: account }))
  })
  app.use(page('dist/client'))
  const server = createServer(app)
  const sockets = new WebSocketServer({ server, path: '/graphql' })
  const subscription = { logAdded: added, logChanged: nothing, alertTriggered: nothing }
  useServer({ schema, roots: { subscription } }, sockets)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/`,
    send(count) {
      for (let sent = 0; sent < count; sent += 1) logs.push(logAt(logs.length))
      for (const wake of waiting) wake()
      waiting.clear()
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const emptyPage = {
  feedCursor: '0',
  totalCount: 0,
  nodes: [],
  pageInfo: { endCursor: null, hasNextPage: false },
}

const account = {
  logs: emptyPage,
  alerts: emptyPage,
  health: {
    status: 'ok',
    demo: false,
    version: '0',
    database: 'embedded',
    jobs: 'postgres',
    pubsub: 'memory',
    messages: [],
    sources: [],
  },
}

function logAt(place: number): object {
  const at = new Date(Date.UTC(2026, 0, 1) + place).toISOString()
  const isLost = place % 11 === 0
  return {
    id: idOf(place),
    logType: place % 7 === 0 ? 'CALL' : 'MESSAGE',
    timestamp: at,
    twilioSid: `SM${place}`,
    status: isLost ? 'failed' : 'delivered',
    errorCode: isLost ? '30008' : null,
    errorMessage: isLost ? 'Unknown error' : null,
    fromNumber: '+14155550111',
    toNumber: '+12025550123',
    text: `Event ${place}`,
    rawData: { body: `Event ${place}`, sid: `SM${place}`, num_segments: '1', direction: 'outbound-api' },
    updatedAt: at,
  }
}

function idOf(place: number): string {
  return `flood-${String(place).padStart(7, '0')}`
}
