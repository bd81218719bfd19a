import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'

/** Somebody's endpoint: takes webhooks, or is out of order. */
export class Sink {
  readonly bodies: string[] = []
  readonly headers: IncomingHttpHeaders[] = []
  /** Whether it takes what has this body. */
  takes: (body: string) => boolean = () => true

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Sink> {
    const server = createServer()
    const sink = new Sink(server)
    server.on('request', (request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        sink.bodies.push(body)
        sink.headers.push(request.headers)
        if (sink.takes(body)) response.writeHead(200).end('thank you')
        else response.writeHead(500).end('the sink is out of order')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return sink
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`
  }

  end(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}

/** One for all sentences of a file, there once the first of them begins. */
export function aKeptSink(takes: Sink['takes'] = () => true): { readonly sink: Sink } {
  const to = {} as { sink: Sink }
  beforeAll(async () => {
    to.sink = await Sink.start()
    to.sink.takes = takes
  })
  afterAll(() => to.sink?.end())
  return to
}
