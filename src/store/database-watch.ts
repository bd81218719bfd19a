import type { Pool } from 'pg'
import type { Connection } from './data-source.js'
import type { Database } from './database.js'
import { openPool } from './pool.js'

/** How often it looks, in milliseconds. */
const LOOK_MS = 1_000
/** How long an answer may take until the database counts as away, and until nothing more is expected of it. */
const PATIENCE_MS = 2_000
const GIVE_UP_MS = 3_000

/**
 * Asks the database once a second whether it is there, so that nobody who wants to know has to wait for it. It asks on a connection of
 * its own: that all others are busy for long does not mean that nobody answers. Where nobody does, as when the machine behind them is
 * gone, it breaks the others too, so that who waits on them learns of it; TCP itself would take hours.
 */
export class DatabaseWatch {
  private up = true
  private readonly timer: NodeJS.Timeout
  private readonly pool: Pool
  private asking = false

  constructor(
    private readonly database: Database,
    connection: Connection,
  ) {
    this.pool = openPool(connection, {
      max: 1,
      connectionTimeoutMillis: GIVE_UP_MS,
      query_timeout: GIVE_UP_MS,
    })
    // A connection that breaks while it idles is found by the next look.
    this.pool.on('error', () => undefined)
    this.timer = setInterval(() => void this.look(), LOOK_MS).unref()
  }

  get isUp(): boolean {
    return this.up
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.pool.end()
  }

  private async look(): Promise<void> {
    if (this.asking) return
    this.asking = true
    const askedAt = performance.now()
    const late = setTimeout(() => (this.up = false), PATIENCE_MS)
    try {
      await this.pool.query('SELECT 1')
      this.up = true
    } catch {
      this.up = false
      if (performance.now() - askedAt >= GIVE_UP_MS) this.database.breakConnections()
    } finally {
      clearTimeout(late)
      this.asking = false
    }
  }
}
