import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody's endpoint: takes webhooks, and answers what it is told to. */
export class Sink {
  readonly bodies: string[] = []
  readonly headers: IncomingHttpHeaders[] = []
  /** The status of the next answers. */
  status = 200
  /** The same for test messages only, where they are answered in another way. */
  statusOfTests: number | null = null

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
        const status = sink.statusFor(body)
        response.writeHead(status).end(status < 400 ? 'thank you' : 'the sink is out of order')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return sink
  }

  private statusFor(body: string): number {
    return (body.includes('alert.test') ? this.statusOfTests : null) ?? this.status
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`
  }

  end(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}
