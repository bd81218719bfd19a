import type { ReceiverWriter, StandingReceiver } from '../commands/configuration/plan-receivers.js'
import type { References } from '../commands/configuration/references.js'
import type { Receiver, ReceiverSettings } from '../inbox/receiver.js'
import type { Statements } from './database.js'
import { ReceiverReads } from './receiver-reads.js'
import { PostgresReceiverStore } from './receiver-store.js'

/** Receivers as files manage them, inside the transaction of an apply. */
export class ManagedReceivers implements ReceiverWriter {
  protected readonly store: PostgresReceiverStore

  constructor(private readonly tx: Statements) {
    this.store = new PostgresReceiverStore(tx)
  }

  /** Nobody edits one from here to the end of the transaction. */
  async standing(): Promise<StandingReceiver[]> {
    const rows = await this.tx.query<{ id: string; references: References | null }>(
      `SELECT id, secret_references AS "references" FROM receivers FOR UPDATE`,
    )
    const references = new Map(rows.map((row) => [row.id, row.references ?? {}]))
    const receivers = await new ReceiverReads(this.tx).all()
    return receivers.map((receiver) => ({ receiver, references: references.get(receiver.id) ?? {} }))
  }

  async create(name: string, settings: ReceiverSettings): Promise<Receiver> {
    const receiver = await this.store.insert(name, settings)
    // Only where somebody made one of that name since it was looked for; the whole apply can be run again.
    if (!receiver) throw new Error(`the receiver "${name}" was made meanwhile`)
    return receiver
  }

  async update(id: string, settings: ReceiverSettings): Promise<void> {
    await this.store.write(id, settings)
  }

  async manage(id: string, managedBy: string | null, references: References): Promise<void> {
    // Whoever may edit a receiver may change what the references stood for.
    const kept = managedBy !== null && Object.keys(references).length > 0 ? JSON.stringify(references) : null
    await this.tx.query(`UPDATE receivers SET managed_by = $2, secret_references = $3 WHERE id = $1`, [
      id,
      managedBy,
      kept,
    ])
  }

  async remove(id: string): Promise<void> {
    await this.tx.query(`DELETE FROM receivers WHERE id = $1`, [id])
  }
}
