import type { MessagePort } from 'node:worker_threads'
import type { Multiplexer } from './multiplexer.js'

/** Makes what comes over the port a client of the database, until either side closes it. */
export function servePort(multiplexer: Multiplexer, port: MessagePort): void {
  const client = multiplexer.connect({
    send(chunk) {
      const copy = new Uint8Array(chunk)
      port.postMessage(copy, [copy.buffer])
    },
    close: () => port.close(),
  })
  port.on('message', (chunk: Uint8Array) => client.receive(chunk))
  port.on('close', () => client.leave())
}
