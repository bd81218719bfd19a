import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, GraphQLError } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'

export const KEY = 'the-right-key'

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))

const SERVER_TIME = Date.UTC(2026, 2, 1, 12)
const LOG = { logType: 'CALL', twilioSid: 'CA1', rawData: {} }

/** A feed whose events the test writes; a cursor is the number of events before it. */
export interface ScriptedFeed {
  readonly url: URL
  /** What its clock says, whatever anybody else's does. */
  readonly serverTime: number
  /** Every `after` with which a feed was subscribed to, as `feed:after`, in order. */
  readonly asked: string[]
  /** One more log with this id. */
  addLog(id: string): void
  /** What the next subscriptions end with, by feed. */
  readonly faults: Map<string, GraphQLError>
  /** Cuts every socket without a goodbye. */
  cut(): void
  /** Closes every socket with a code. */
  closeAll(code: number): void
  /** Closes each socket that opens with a code and a reason, before it is let in; null lets in again. */
  refuseWith(refusal: Refusal | null): void
  openSockets(): number
  close(): Promise<void>
}

interface Refusal {
  readonly code: number
  readonly reason: string
}

/** A real server of the protocol, with the names of the product's subscriptions. */
export async function startScriptedFeed(): Promise<ScriptedFeed> {
  const events: { readonly feed: string; readonly value: object }[] = []
  const waiting = new Set<() => void>()
  const asked: string[] = []
  const faults = new Map<string, GraphQLError>()
  let refusal: Refusal | null = null

  async function* follow(feed: string, after: string): AsyncGenerator<object, undefined> {
    asked.push(`${feed}:${after}`)
    const fault = faults.get(feed)
    if (fault) throw fault
    for (let position = Number(after); ; position += 1) {
      while (position >= events.length) await new Promise<void>((resolve) => waiting.add(resolve))
      const event = events[position]
      if (event?.feed === feed) yield { [feed]: { cursor: String(position + 1), ...event.value } }
    }
  }
  const roots = Object.fromEntries(
    ['logAdded', 'logChanged', 'alertTriggered', 'deliveryChanged'].map((feed) => [
      feed,
      ({ after }: { after: string }) => follow(feed, after),
    ]),
  )
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  useServer(
    {
      schema,
      roots: { subscription: roots },
      onConnect: ({ connectionParams, extra: { socket } }) => {
        if (refusal) socket.close(refusal.code, refusal.reason)
        const isLetIn = refusal === null && connectionParams?.['apiKey'] === KEY
        return isLetIn && { serverTime: new Date(SERVER_TIME).toISOString() }
      },
    },
    sockets,
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
    serverTime: SERVER_TIME,
    asked,
    faults,
    addLog(id) {
      const at = new Date(events.length).toISOString()
      events.push({ feed: 'logAdded', value: { log: { ...LOG, id, timestamp: at, updatedAt: at } } })
      for (const wake of waiting) wake()
      waiting.clear()
    },
    cut: () => sockets.clients.forEach((socket) => socket.terminate()),
    refuseWith: (next) => void (refusal = next),
    closeAll: (code) => sockets.clients.forEach((socket) => socket.close(code)),
    openSockets: () => sockets.clients.size,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
