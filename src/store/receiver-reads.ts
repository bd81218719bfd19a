import type { Receiver } from '../inbox/receiver.js'
import type { Statements } from './database.js'
import { byId } from './page.js'

export const RECEIVER_COLUMNS = `id, name, description, enabled, secret, token, mapping, max_bytes AS "maxBytes",
  created_at AS "createdAt", updated_at AS "updatedAt", last_received_at AS "lastReceivedAt", received_count AS "receivedCount",
  managed_by AS "managedBy"`

/** Reads receivers as plain rows, their secrets sealed. */
export class ReceiverReads {
  constructor(private readonly statements: Statements) {}

  /** Oldest first. */
  all(): Promise<Receiver[]> {
    return this.statements.query<Receiver>(
      `SELECT ${RECEIVER_COLUMNS} FROM receivers ORDER BY created_at, id`,
    )
  }

  async byName(name: string): Promise<Receiver | null> {
    const rows = await this.statements.query<Receiver>(
      `SELECT ${RECEIVER_COLUMNS} FROM receivers WHERE name = $1`,
      [name],
    )
    return rows[0] ?? null
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Receiver>> {
    return byId(
      await this.statements.query<Receiver>(
        `SELECT ${RECEIVER_COLUMNS} FROM receivers WHERE id = ANY($1::uuid[])`,
        [ids],
      ),
    )
  }
}
