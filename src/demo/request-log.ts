import type { IncomingMessage, ServerResponse } from 'node:http'
import { routeOf, type Route } from './route.js'

/** One request that the simulator got. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** null where the path names nothing that is simulated. */
  readonly route: Route | null
  readonly at: Date
  /** How many requests were open when this one came, itself included. */
  readonly concurrent: number
  /** The status that was sent; null while it is open, and for ever where the connection broke before one. */
  readonly status: number | null
}

/** The requests of one simulator, oldest first. It keeps the last 5,000, since the demo account runs for months. */
export class RequestLog {
  readonly #entries: SeenRequest[] = []
  #open = 0
  #peak = 0

  constructor(private readonly limit = 5_000) {}

  get entries(): readonly SeenRequest[] {
    return this.#entries
  }

  /** The most requests that were ever open together. */
  get peakConcurrency(): number {
    return this.#peak
  }

  /** Forgets what was seen, not what is open. */
  clear(): void {
    this.#entries.length = 0
    this.#peak = this.#open
  }

  /** Notes a request; its status and its end follow from the response by themselves. */
  begin(incoming: IncomingMessage, response: ServerResponse, at: Date): SeenRequest {
    const url = new URL(incoming.url ?? '/', 'http://simulator')
    this.#open += 1
    this.#peak = Math.max(this.#peak, this.#open)
    const entry = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      route: routeOf(url.pathname),
      at,
      concurrent: this.#open,
      status: null as number | null,
    }
    response.once('close', () => {
      this.#open -= 1
      entry.status = response.headersSent ? response.statusCode : null
    })
    this.#entries.push(entry)
    if (this.#entries.length > this.limit) this.#entries.shift()
    return entry
  }
}
