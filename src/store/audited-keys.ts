import { AuditAction, AuditObject } from '../audit/audit-entry.js'
import type { Caller } from '../audit/caller.js'
import { differences, type Differences } from '../audit/differences.js'
import type { ApiKey, KeyBook, NewKey } from '../keys/api-key.js'
import { AuditTrail } from './audit-trail.js'
import type { Database, Statements } from './database.js'
import { KeyStore } from './key-store.js'

/** Keys as one caller makes and revokes them, each change in a transaction with what is noted of it. */
export class AuditedKeys implements KeyBook {
  constructor(
    private readonly database: Database,
    private readonly caller: Caller,
  ) {}

  add(key: NewKey): Promise<ApiKey> {
    return this.database.transaction(async (tx) => {
      const made = await new KeyStore(tx).add(key)
      const { scopes, hint, expiresAt } = made
      await this.note(tx, AuditAction.CREATE, made, differences(null, { scopes, hint, expiresAt }))
      return made
    })
  }

  revoke(id: string): Promise<ApiKey | null> {
    return this.database.transaction(async (tx) => {
      const revoked = await new KeyStore(tx).revoke(id)
      if (revoked)
        await this.note(tx, AuditAction.REVOKE, revoked, differences(null, { revokedAt: revoked.revokedAt }))
      return revoked
    })
  }

  private note(
    tx: Statements,
    action: AuditAction,
    { id, name }: ApiKey,
    changes: Differences,
  ): Promise<void> {
    const objectType = AuditObject.API_KEY
    return new AuditTrail(tx, this.caller).note({
      action,
      objectType,
      objectId: id,
      objectName: name,
      changes,
    })
  }
}
