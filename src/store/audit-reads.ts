import type { AuditAction, AuditEntry, AuditObject } from '../audit/audit-entry.js'
import type { AuditActor } from '../audit/caller.js'
import { maskNumbers } from '../privacy/mask-numbers.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { type Given, listed } from './given.js'
import { type Page, type PageRequest, countRows, readPage } from './page.js'
import { isUuid } from './uuid.js'

const AUDIT_LOG = {
  table: 'audit_log',
  order: 'at',
  columns: `id, at, actor, actor_name AS "actorName", key_id AS "keyId", action, object_type AS "objectType",
    object_id AS "objectId", object_name AS "objectName", changes, request_id AS "requestId", ip`,
}

/** Which changes are wanted; what is left out, null or an empty list excludes nothing. */
export type AuditFilter = Given<{
  readonly actor: readonly AuditActor[]
  readonly keyId: readonly string[]
  readonly action: readonly AuditAction[]
  readonly objectType: readonly AuditObject[]
  readonly objectId: readonly string[]
  readonly requestId: string
  /** Inclusive. */
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}>

/** Reads the audit log as plain rows. */
export class AuditReads {
  constructor(private readonly statements: Statements) {}

  /** Newest first. */
  page(filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntry>> {
    return readPage<AuditEntry>(this.statements, AUDIT_LOG, conditionsOf(filter), request)
  }

  /** Exact up to 10,000; 10,001 means more. */
  count(filter: AuditFilter): Promise<number> {
    return countRows(this.statements, AUDIT_LOG.table, conditionsOf(filter))
  }
}

function conditionsOf(filter: AuditFilter): Conditions {
  const where = new Conditions()
  const texts: Readonly<Record<string, readonly string[] | null | undefined>> = {
    actor: filter.actor,
    action: filter.action,
    object_type: filter.objectType,
    object_id: filter.objectId?.map((id) => id.toLowerCase()),
    request_id: filter.requestId == null ? null : [maskNumbers(filter.requestId)],
  }
  for (const [column, values] of Object.entries(texts)) {
    const wanted = listed(values)
    if (wanted) where.andOneOf(column, wanted)
  }
  const keys = listed(filter.keyId)
  if (keys) where.andOneOf('key_id', keys.filter(isUuid), 'uuid')
  if (filter.since != null) where.and(`at >= ${where.bind(filter.since)}`)
  if (filter.until != null) where.and(`at < ${where.bind(filter.until)}`)
  return where
}
