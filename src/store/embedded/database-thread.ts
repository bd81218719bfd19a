import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { EmbeddedPostgresError } from './errors.js'

/** What the thread is told at its start. */
export interface ThreadSettings {
  readonly dataDir: string
}

/** What the thread is asked while it runs. */
export type ThreadRequest =
  { readonly kind: 'connect'; readonly port: MessagePort } | { readonly kind: 'stop' }

// Node 20 cannot run TypeScript: from the sources, as in tests, the compiled worker is taken.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/store/embedded/worker.js' : './worker.js',
  import.meta.url,
)

/** The running thread of one embedded database. */
export class DatabaseThread {
  #stopping = false

  private constructor(
    private readonly worker: Worker,
    private readonly exited: Promise<void>,
  ) {}

  /** Settles when the database answers. `onDeath` is told when a thread that got so far ends without being asked. */
  static async start(settings: ThreadSettings, onDeath: (cause: Error) => void): Promise<DatabaseThread> {
    const worker = new Worker(workerFile, { workerData: settings })
    let cause: unknown = null
    worker.on('error', (error) => (cause = error)) // comes before its 'exit'
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    const ready = new Promise<true>((resolve) => worker.once('message', () => resolve(true)))
    const opened = await Promise.race([ready, exited])
    if (!opened) throw new EmbeddedPostgresError('The embedded database cannot be opened.', cause)
    const thread = new DatabaseThread(worker, exited)
    worker.once('exit', () => {
      if (!thread.#stopping) onDeath(new EmbeddedPostgresError('The embedded database broke down.', cause))
    })
    return thread
  }

  /** A new connection to the database; the port closes when the thread ends. */
  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel()
    this.worker.postMessage({ kind: 'connect', port: port2 } satisfies ThreadRequest, [port2])
    return port1
  }

  /** Closes the database in order; after `patienceMs` the thread is ended, which loses nothing that was acknowledged. */
  async stop(patienceMs: number): Promise<void> {
    this.#stopping = true
    const impatience = setTimeout(() => void this.worker.terminate(), patienceMs)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.worker.postMessage({ kind: 'stop' } satisfies ThreadRequest)
    await this.exited
    clearTimeout(impatience)
  }
}
