import type { ApiKey, KeyBook, KeyReader, KnownKey, NewKey } from '../keys/api-key.js'
import type { Statements } from './database.js'

const COLUMNS = `id, name, scopes, hint, created_at AS "createdAt", expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`

/** The keys of the API. What is kept of a key opens nothing. */
export class KeyStore implements KeyReader, KeyBook {
  constructor(private readonly statements: Statements) {}

  /** Oldest first, with the revoked and the expired ones. */
  list(): Promise<ApiKey[]> {
    return this.statements.query(`SELECT ${COLUMNS} FROM api_keys ORDER BY created_at, id`)
  }

  async known(id: string): Promise<KnownKey | null> {
    const [key] = await this.statements.query<KnownKey>(
      `SELECT id, name, scopes, hash, revoked_at IS NULL AND coalesce(expires_at > now(), true) AS "isUsable"
         FROM api_keys WHERE id = $1`,
      [id],
    )
    return key ?? null
  }

  async noteUse(id: string): Promise<void> {
    await this.statements.query(
      `UPDATE api_keys SET last_used_at = now()
        WHERE id = $1 AND coalesce(last_used_at < now() - interval '1 minute', true)`,
      [id],
    )
  }

  async add({ id, name, scopes, hash, hint, expiresAt }: NewKey): Promise<ApiKey> {
    const [key] = await this.statements.query<ApiKey>(
      `INSERT INTO api_keys (id, name, scopes, hash, hint, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
      [id, name, scopes, hash, hint, expiresAt],
    )
    return key!
  }

  async revoke(id: string): Promise<ApiKey | null> {
    const [key] = await this.statements.query<ApiKey>(
      `UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING ${COLUMNS}`,
      [id],
    )
    return key ?? null
  }
}
