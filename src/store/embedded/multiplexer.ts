import { ExclusiveQueue, type Turn } from './exclusive-queue.js'
import { frontend, FrontendReader, messageOfType, type FrontendEvent, type Unit } from './protocol.js'
import { ReadyWatch } from './ready-watch.js'
import { StatementNames } from './statement-names.js'

/** One PostgreSQL session: takes whole protocol messages, hands out the answer as it comes. */
export interface Engine {
  /** What a server says between a startup message and its first ReadyForQuery, that included. */
  readonly greeting: Uint8Array
  /** Runs the messages. A chunk given to `onData` is only valid during that call. */
  run(messages: Uint8Array, onData: (chunk: Uint8Array) => void): Promise<void>
}

/** The way back to one client. `send` must copy what it wants to keep. */
export interface ClientLink {
  send(chunk: Uint8Array): void
  close(): void
}

/** The way in for one client. */
export interface ClientInput {
  receive(chunk: Uint8Array): void
  /** The client is gone: its transaction is rolled back, its prepared statements are dropped. */
  leave(): void
}

/** The engine no longer answers as PostgreSQL does; only a new one can help. */
export class EngineBrokenError extends Error {
  override readonly name = 'EngineBrokenError'
  readonly code = 'engine-broken'

  constructor(cause?: unknown) {
    super('The embedded database stopped answering in the middle of a statement.', { cause })
  }
}

const copyRefusal = messageOfType(
  frontend.copyFail,
  'the embedded database cannot read COPY data; use INSERT, or a PostgreSQL server',
)
const sync = messageOfType(frontend.sync)
const rollback = messageOfType(frontend.query, 'ROLLBACK')

/**
 * Lets many clients share one engine as if each had a connection: whole query cycles and whole transactions go to one
 * client at a time, names of prepared statements are kept apart, a client that leaves takes its transaction along.
 *
 * It remains one session: SET without LOCAL, temporary tables, LISTEN, session-level advisory locks, SQL PREPARE and
 * DISCARD are shared by all clients, and the unnamed statement does not outlive its cycle.
 */
export class Multiplexer {
  readonly #queue: ExclusiveQueue<Client>
  readonly #clients = new Set<Client>()
  #connected = 0

  constructor(
    private readonly engine: Engine,
    onBroken: (cause: unknown) => void,
  ) {
    this.#queue = new ExclusiveQueue(onBroken)
  }

  connect(link: ClientLink): ClientInput {
    const client = new Client(++this.#connected, link, this.engine, this.#queue, () =>
      this.#clients.delete(client),
    )
    this.#clients.add(client)
    return client
  }

  /** Sends every client away; settles when the engine is at rest. */
  async stop(): Promise<void> {
    for (const client of this.#clients) client.leave()
    await this.#queue.settled()
  }
}

class Client implements ClientInput {
  readonly #reader = new FrontendReader()
  readonly #names: StatementNames
  #gone = false

  constructor(
    id: number,
    private readonly link: ClientLink,
    private readonly engine: Engine,
    private readonly queue: ExclusiveQueue<Client>,
    private readonly onLeave: () => void,
  ) {
    this.#names = new StatementNames(id)
  }

  receive(chunk: Uint8Array): void {
    if (this.#gone) return
    try {
      for (const event of this.#reader.read(chunk)) this.#handle(event)
    } catch {
      this.leave() // only a ProtocolError gets here, and with a client that speaks something else there is no talking
    }
  }

  leave(): void {
    if (this.#gone) return
    this.#gone = true
    this.onLeave()
    this.queue.leave(this, () => this.#cleanUp())
    this.link.close()
  }

  #handle(event: FrontendEvent): void {
    switch (event.kind) {
      case 'unit':
        return this.queue.enqueue(this, () => this.#run(event))
      case 'startup':
        return this.link.send(this.engine.greeting)
      case 'encryption-request':
        return this.link.send(Buffer.from('N'))
      case 'cancel': // a statement cannot be interrupted: the engine runs it in one go
      case 'terminate':
        return this.leave()
    }
  }

  async #run(unit: Unit): Promise<Turn> {
    const watch = new ReadyWatch()
    await this.engine.run(this.#prepare(unit.messages), (chunk) => {
      watch.see(chunk)
      if (!this.#gone) this.link.send(chunk)
    })
    const state = watch.state()
    if (state === null && unit.ends === 'cycle') throw new EngineBrokenError()
    return state === 'idle' ? 'free' : 'kept'
  }

  /**
   * A COPY FROM STDIN would wait for data that the engine cannot wait for, and die. So a refusal already stands behind
   * every message that may start one; PostgreSQL ignores it where no COPY is going on.
   */
  #prepare(messages: readonly Buffer[]): Buffer {
    return Buffer.concat(
      messages.flatMap((message) => {
        const maybeCopy = message[0] === frontend.query || message[0] === frontend.execute
        return maybeCopy ? [message, copyRefusal] : [this.#names.rename(message)]
      }),
    )
  }

  /**
   * The first rollback ends what an unfinished cycle did (a Sync would commit it); after an error it is skipped up to the
   * Sync, and the second one ends the failed transaction.
   */
  async #cleanUp(): Promise<void> {
    const watch = new ReadyWatch()
    const farewell = Buffer.concat([rollback, sync, rollback, ...this.#names.closeAll(), sync])
    await this.engine.run(farewell, (chunk) => watch.see(chunk))
    if (watch.state() !== 'idle') throw new EngineBrokenError()
  }
}
