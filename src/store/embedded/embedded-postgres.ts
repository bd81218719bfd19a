import type { Duplex } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'
import { DatabaseStream } from './database-stream.js'
import { DatabaseThread } from './database-thread.js'
import { EmbeddedPostgresError } from './errors.js'

/** Options that make a `pg` Client or Pool (or TypeORM, as `extra`) talk to the embedded database. */
export interface EmbeddedPoolOptions {
  readonly stream: () => Duplex
  readonly user: string
  readonly database: string
  readonly host: string
  readonly ssl: false
}

/** A PostgreSQL inside this process. */
export interface EmbeddedPostgres {
  readonly poolOptions: EmbeddedPoolOptions
  /** Rolls back what is open, closes the database in order, breaks what connections are left. May be called twice. */
  stop(): Promise<void>
}

const stopPatienceMs = 10_000

/**
 * Opens (at the first start: makes) the database in a folder of its own, in a thread of its own. The caller holds the
 * lock on the data directory. Acknowledged commits survive a kill at any moment, but not a power cut: PGlite does not
 * fsync. Rejects with an EmbeddedPostgresError if the folder cannot be opened.
 *
 * If the database breaks down, `onCrash` is told, open connections fail, and the next connection opens it again.
 * Statements run one at a time: a transaction that waits for anything else makes everyone wait.
 */
export async function openEmbeddedPostgres(
  dataDir: string,
  onCrash: (cause: Error) => void = () => {},
): Promise<EmbeddedPostgres> {
  const database = new RestartingDatabase(dataDir, onCrash)
  await database.thread()
  return {
    poolOptions: {
      stream: () => new DatabaseStream(() => database.connect()),
      user: 'postgres',
      database: 'postgres',
      host: 'embedded',
      ssl: false,
    },
    stop: () => database.stop(),
  }
}

class RestartingDatabase {
  #thread: Promise<DatabaseThread> | null = null
  #stopped = false

  constructor(
    private readonly dataDir: string,
    private readonly onCrash: (cause: Error) => void,
  ) {}

  /** The living thread, started if there is none. */
  thread(): Promise<DatabaseThread> {
    if (this.#stopped) return Promise.reject(new EmbeddedPostgresError('The embedded database is stopped.'))
    if (this.#thread) return this.#thread
    const starting = DatabaseThread.start({ dataDir: this.dataDir }, (cause) => {
      this.#forget(starting)
      this.onCrash(cause)
    })
    starting.catch(() => this.#forget(starting))
    this.#thread = starting
    return starting
  }

  async connect(): Promise<MessagePort> {
    const thread = await this.thread()
    return thread.connect()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    const thread = await this.#thread?.catch(() => null)
    await thread?.stop(stopPatienceMs)
  }

  #forget(thread: Promise<DatabaseThread>): void {
    if (this.#thread === thread) this.#thread = null
  }
}
