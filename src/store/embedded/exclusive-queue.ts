/** What a task leaves behind: the turn is free for anyone, or the same client must go on (it is in a transaction). */
export type Turn = 'free' | 'kept'

/** Work for the one database; it runs alone. If it throws, the database is beyond use and the queue stops for good. */
export type Task = () => Promise<Turn>

/**
 * Gives one database to many clients: one task at a time, first come first served, except that a client which kept its
 * turn is served alone until it frees it.
 */
export class ExclusiveQueue<Client extends object> {
  #waiting: { readonly client: Client; readonly task: Task }[] = []
  #holder: Client | null = null
  #run: Promise<void> | null = null
  #broken = false

  constructor(private readonly onBroken: (cause: unknown) => void) {}

  enqueue(client: Client, task: Task): void {
    this.#waiting.push({ client, task })
    this.#run ??= this.#drain()
  }

  /** Forgets what the client still wanted and runs `last` in its stead, whose turn is always freed afterwards. */
  leave(client: Client, last: () => Promise<void>): void {
    this.#waiting = this.#waiting.filter((entry) => entry.client !== client)
    this.enqueue(client, async () => {
      await last()
      return 'free'
    })
  }

  /** Settles when nothing runs and nothing can run. */
  async settled(): Promise<void> {
    await this.#run
  }

  async #drain(): Promise<void> {
    // Tasks that arrive in the same tick queue up first, so that `#run` is set before any of them runs.
    await Promise.resolve()
    try {
      for (let entry = this.#next(); entry; entry = this.#next()) {
        this.#holder = (await entry.task()) === 'kept' ? entry.client : null
      }
    } catch (cause) {
      this.#broken = true
      this.onBroken(cause)
    } finally {
      this.#run = null
    }
  }

  #next() {
    if (this.#broken) return undefined
    if (!this.#holder) return this.#waiting.shift()
    const index = this.#waiting.findIndex((entry) => entry.client === this.#holder)
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0]
  }
}
