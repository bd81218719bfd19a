/** The thread of the embedded database. PGlite computes without a pause, so on the main thread it would stop every socket. */
import { parentPort, workerData } from 'node:worker_threads'
import { openEngine } from './engine.js'
import { Multiplexer } from './multiplexer.js'
import { servePort } from './serve-port.js'
import type { ThreadRequest, ThreadSettings } from './database-thread.js'

if (!parentPort) throw new Error('This file runs as a worker thread only.')
const owner = parentPort
const { dataDir } = workerData as ThreadSettings

const engine = await openEngine(dataDir)
const multiplexer = new Multiplexer(engine, fail)
owner.on('message', (request: ThreadRequest) => {
  if (request.kind === 'connect') servePort(multiplexer, request.port)
  else void stop().catch(fail)
})
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
owner.postMessage('ready')

async function stop(): Promise<void> {
  await multiplexer.stop()
  await engine.close()
  owner.close()
}

/** Ends this thread; its owner learns the cause, its clients see their connections break. */
function fail(cause: unknown): void {
  setImmediate(() => {
    throw cause
  })
}
