import type { Differences } from './differences.js'
import type { AuditActor } from './caller.js'

/** What was done; more may follow. */
export const AuditAction = {
  CREATE: 'create',
  UPDATE: 'update',
  DELETE: 'delete',
  APPLY: 'apply',
  RETRY: 'retry',
  REPLAY: 'replay',
  REVOKE: 'revoke',
  ROTATE: 'rotate',
  ERASE: 'erase',
  RESTORE: 'restore',
  TEST: 'test',
  POLL: 'poll',
  READ: 'read',
} as const
export type AuditAction = (typeof AuditAction)[keyof typeof AuditAction]

/** To what it was done; more may follow. */
export const AuditObject = {
  RULE: 'rule',
  ACTION: 'action',
  RECEIVER: 'receiver',
  API_KEY: 'api_key',
  CONFIGURATION: 'configuration',
  DELIVERY: 'delivery',
  RECEIVED: 'received',
  SECRETS: 'secrets',
  NUMBER: 'number',
  INSTALLATION: 'installation',
  PERSONAL_DATA: 'personal_data',
} as const
export type AuditObject = (typeof AuditObject)[keyof typeof AuditObject]

/** What is said of a change where it is made. */
export interface AuditNote {
  readonly action: AuditAction
  readonly objectType: AuditObject
  /** null where it was done to many, or to what has none. */
  readonly objectId: string | null
  /** What people call it; null where they call it nothing. */
  readonly objectName: string | null
  readonly changes: Differences
}

/** A change as it is kept: nobody edits or deletes it. */
export interface AuditEntry extends AuditNote {
  /** Rises with the time. */
  readonly id: string
  readonly at: Date
  readonly actor: AuditActor
  readonly actorName: string
  readonly keyId: string | null
  readonly requestId: string | null
  readonly ip: string | null
}
