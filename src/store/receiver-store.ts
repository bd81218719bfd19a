import type { Receiver, ReceiverSettings, ReceiverStore } from '../inbox/receiver.js'
import type { Statements } from './database.js'
import { ReceiverReads, RECEIVER_COLUMNS } from './receiver-reads.js'

const SETTINGS = 'description, enabled, secret, token, mapping, max_bytes'
const valuesOf = (settings: ReceiverSettings): unknown[] => [
  settings.description,
  settings.enabled,
  settings.secret,
  settings.token,
  JSON.stringify(settings.mapping),
  settings.maxBytes,
]

/** Receivers on Postgres. Who edits one has its own way: reading it and writing it back is one transaction. */
export class PostgresReceiverStore implements Omit<ReceiverStore, 'update'> {
  private readonly reads: ReceiverReads

  constructor(private readonly statements: Statements) {
    this.reads = new ReceiverReads(statements)
  }

  byName(name: string): Promise<Receiver | null> {
    return this.reads.byName(name)
  }

  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Receiver>> {
    return this.reads.byIds(ids)
  }

  async insert(name: string, settings: ReceiverSettings): Promise<Receiver | null> {
    const [row] = await this.statements.query<Receiver>(
      `INSERT INTO receivers (name, ${SETTINGS}) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (name) DO NOTHING RETURNING ${RECEIVER_COLUMNS}`,
      [name, ...valuesOf(settings)],
    )
    return row ?? null
  }

  /** Nobody else changes it from here to the end of the transaction. */
  async locked(id: string): Promise<Receiver | null> {
    const [row] = await this.statements.query<Receiver>(
      `SELECT ${RECEIVER_COLUMNS} FROM receivers WHERE id = $1 FOR UPDATE`,
      [id],
    )
    return row ?? null
  }

  async write(id: string, settings: ReceiverSettings): Promise<Receiver | null> {
    const [row] = await this.statements.query<Receiver>(
      `UPDATE receivers SET (${SETTINGS}, updated_at) = ($2, $3, $4, $5, $6, $7, now())
       WHERE id = $1 RETURNING ${RECEIVER_COLUMNS}`,
      [id, ...valuesOf(settings)],
    )
    return row ?? null
  }

  async delete(id: string): Promise<boolean> {
    const rows = await this.statements.query(
      `DELETE FROM receivers WHERE id = $1 AND managed_by IS NULL RETURNING id`,
      [id],
    )
    return rows.length > 0
  }
}
