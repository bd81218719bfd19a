import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A real web server on a free port that keeps what it gets and answers as it is told. */
export async function startHttpSink() {
  const received: Received[] = []
  let answer: (response: ServerResponse, request: Received) => void = (response) => response.end('ok')
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readAll(request)
    const got = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body }
    received.push(got)
    answer(response, got)
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answerWith(next: typeof answer) {
      answer = next
    },
    reset() {
      received.length = 0
      answer = (response) => response.end('ok')
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
