import type { Duplex } from 'node:stream'

/** Answers a request for a WebSocket that does not become one, such as with `403 Forbidden`, and says why where that helps. */
export function refuseUpgrade(socket: Duplex, status: string, why = ''): void {
  const kind = why === '' ? '' : 'Content-Type: text/plain; charset=utf-8\r\n'
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\n${kind}Content-Length: ${Buffer.byteLength(why)}\r\n\r\n`
  // Whoever never ends its side would keep the connection, which nothing counts any more.
  socket.once('finish', () => socket.destroy())
  socket.end(`${head}${why}`)
}
