import type { Database } from './database.js'

/** How often it looks, and how long an answer may take, in milliseconds. */
const LOOK_MS = 1_000
const PATIENCE_MS = 2_000

/** Asks the database once a second whether it is there, so that nobody who wants to know has to wait for it. */
export class DatabaseWatch {
  private up = true
  private readonly timer: NodeJS.Timeout
  private asking = false

  constructor(private readonly database: Database) {
    this.timer = setInterval(() => void this.look(), LOOK_MS).unref()
  }

  get isUp(): boolean {
    return this.up
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private async look(): Promise<void> {
    if (this.asking) return
    this.asking = true
    const late = setTimeout(() => (this.up = false), PATIENCE_MS)
    try {
      await this.database.query('SELECT 1')
      this.up = true
    } catch {
      this.up = false
    } finally {
      clearTimeout(late)
      this.asking = false
    }
  }
}
