import { Client } from 'pg'
import type { Connection } from './data-source.js'
import type { Database } from './database.js'

/** How often it looks, in milliseconds. */
const LOOK_MS = 1_000

/** Looks without an answer. */
interface Patience {
  /** After so many the database counts as away, */
  readonly away: number
  /** and after so many nothing more is expected of it. */
  readonly giveUp: number
}

const ofServer: Patience = { away: 2, giveUp: 3 }
/**
 * The embedded one serves whole transactions one after the other, so that it may be busy for long; where its thread ends, its
 * connections end by themselves. Breaking them would only undo what it is doing.
 */
const ofEmbedded: Patience = { away: 30, giveUp: Infinity }

/**
 * Asks the database once a second whether it is there, so that nobody who wants to know has to wait for it. It asks on a connection of
 * its own: that all others are busy for long does not mean that nobody answers. Where nobody does, as when the machine behind them is
 * gone, it breaks the others too, so that who waits on them learns of it; TCP itself would take hours.
 *
 * It counts its own looks and not the time: a process that was kept busy for seconds, as at its start on a loaded machine, reads what
 * was answered meanwhile before it looks again, and takes no silence of its own for one of the database.
 */
export class DatabaseWatch {
  private up = true
  private client: Client | null = null
  /** Looks since the question that is not answered yet; null where there is none. */
  private waited: number | null = null
  private readonly timer: NodeJS.Timeout
  private readonly patience: Patience

  constructor(
    private readonly database: Database,
    private readonly connection: Connection,
    lookMs = LOOK_MS,
  ) {
    this.patience = 'url' in connection ? ofServer : ofEmbedded
    this.timer = setInterval(() => this.look(), lookMs).unref()
  }

  get isUp(): boolean {
    return this.up
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    // A server that says nothing any more would never hear a goodbye to its end.
    if ('url' in this.connection) this.client?.connection.stream.destroy()
    else await this.client?.end()
  }

  private look(): void {
    if (this.waited === null) {
      void this.ask()
      return
    }
    this.waited += 1
    if (this.waited >= this.patience.away) this.up = false
    if (this.waited < this.patience.giveUp) return
    this.client?.connection.stream.destroy()
    this.database.breakConnections()
  }

  private async ask(): Promise<void> {
    this.waited = 0
    try {
      const client = this.client ?? (await this.connect())
      await client.query('SELECT 1')
      this.up = true
    } catch {
      this.up = false
      this.client?.connection.stream.destroy()
      this.client = null
    } finally {
      this.waited = null
    }
  }

  private async connect(): Promise<Client> {
    const { connection } = this
    const client = new Client(
      'url' in connection
        ? { connectionString: connection.url, keepAlive: true, application_name: 'giftpulse' }
        : connection.poolOptions,
    )
    // One that breaks while nothing is asked is not asked again.
    client.on('error', () => {
      if (this.client === client) this.client = null
    })
    this.client = client
    await client.connect()
    return client
  }
}
