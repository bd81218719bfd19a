import { AuditAction, AuditObject } from '../audit/audit-entry.js'
import type { Caller } from '../audit/caller.js'
import { AuditTrail } from './audit-trail.js'
import type { Database } from './database.js'

/** One key that reads all day is noted so often at most: nothing drops old entries. */
const NOTED_EVERY_HOURS = 1
const HOUR_MS = 3_600_000

/** Notes that somebody was shown phone numbers whole, once an hour for each key. Reading goes on where that cannot be noted. */
export class PersonalReads {
  private readonly notedAt = new Map<string, number>()

  constructor(
    private readonly database: Database,
    /** Milliseconds that never go back. */
    private readonly clock: () => number,
    private readonly onError: (failure: unknown) => void,
  ) {}

  /** Called for everything that is shown, so it has to be quick. */
  readonly note = (caller: Caller): void => {
    const key = caller.keyId ?? caller.actor
    const now = this.clock()
    if (now - (this.notedAt.get(key) ?? -Infinity) < NOTED_EVERY_HOURS * HOUR_MS) return
    this.notedAt.set(key, now)
    this.write(caller).catch((failure: unknown) => {
      this.notedAt.delete(key)
      this.onError(failure)
    })
  }

  /** Unless another process, or this one before it was started again, has done so within the hour. */
  private write(caller: Caller): Promise<void> {
    return this.database.transaction(async (tx) => {
      const noted = await tx.query(
        `SELECT FROM audit_log WHERE at > now() - ${NOTED_EVERY_HOURS} * interval '1 hour' AND action = $1 AND actor = $2
            AND key_id IS NOT DISTINCT FROM $3 LIMIT 1`,
        [AuditAction.READ, caller.actor, caller.keyId],
      )
      if (noted.length > 0) return
      await new AuditTrail(tx, caller).note({
        action: AuditAction.READ,
        objectType: AuditObject.PERSONAL_DATA,
        objectId: null,
        objectName: null,
        changes: {},
      })
    })
  }
}
