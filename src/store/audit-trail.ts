import { AuditAction, AuditObject, type AuditNote } from '../audit/audit-entry.js'
import type { Caller } from '../audit/caller.js'
import { differences } from '../audit/differences.js'
import type { Tested } from '../commands/delivery-commands.js'
import { maskNumbers, maskNumbersIn } from '../privacy/mask-numbers.js'
import type { Statements } from './database.js'
import { timeOrderedId } from './uuid.js'

/** Notes what one caller changes, in the transaction that changes it. */
export class AuditTrail {
  constructor(
    private readonly tx: Statements,
    private readonly caller: Caller,
  ) {}

  /** Nothing can be taken back from the audit log, so no phone number gets into it whole: erasing one would leave it there. */
  async note({ action, objectType, objectId, objectName, changes }: AuditNote): Promise<void> {
    const { actor, name, keyId, requestId, ip } = this.caller
    await this.tx.query(
      `INSERT INTO audit_log (id, at, actor, actor_name, key_id, action, object_type, object_id, object_name, changes, request_id, ip)
       VALUES ($1, date_trunc('milliseconds', clock_timestamp()), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        timeOrderedId(),
        actor,
        maskNumbers(name),
        keyId,
        action,
        objectType,
        objectId,
        objectName === null ? null : maskNumbers(objectName),
        JSON.stringify(maskNumbersIn(changes)),
        // Whoever asks may choose it.
        requestId === null ? null : maskNumbers(requestId),
        ip,
      ],
    )
  }
}

/** Notes that a received webhook was worked again by hand. */
export function noteReplay(statements: Statements, caller: Caller, id: string): Promise<void> {
  return new AuditTrail(statements, caller).note({
    action: AuditAction.REPLAY,
    objectType: AuditObject.RECEIVED,
    objectId: id,
    objectName: null,
    changes: {},
  })
}

/** Notes that an action is about to be tried by hand, which really sends: whatever becomes of it, it was asked for. */
export function noteTest(
  statements: Statements,
  caller: Caller,
  { actionId, ruleName, logId }: Tested,
): Promise<void> {
  return new AuditTrail(statements, caller).note({
    action: AuditAction.TEST,
    objectType: AuditObject.ACTION,
    objectId: actionId,
    objectName: ruleName,
    changes: differences(null, { logId }),
  })
}

/** Notes that everything is polled by hand. */
export function notePoll(statements: Statements, caller: Caller): Promise<void> {
  return new AuditTrail(statements, caller).note({
    action: AuditAction.POLL,
    objectType: AuditObject.INSTALLATION,
    objectId: null,
    objectName: null,
    changes: {},
  })
}
