import { MASK } from '../actions/config-secrets.js'
import { type SecretBox, sealsTheSame } from '../actions/secret-box.js'
import { AuditAction, AuditObject } from '../audit/audit-entry.js'
import type { Caller } from '../audit/caller.js'
import { differences, type Differences } from '../audit/differences.js'
import type { References } from '../commands/configuration/references.js'
import type { Receiver, ReceiverSettings, ReceiverStore } from '../inbox/receiver.js'
import { AuditTrail } from './audit-trail.js'
import type { Database, Statements } from './database.js'
import { ManagedReceivers } from './managed-receivers.js'
import { PostgresReceiverStore } from './receiver-store.js'

/** Receivers as one caller edits them: each change in a transaction with what is noted of it. */
export class AuditedReceivers extends PostgresReceiverStore implements ReceiverStore {
  constructor(
    private readonly database: Database,
    private readonly caller: Caller,
    private readonly secrets: SecretBox,
  ) {
    super(database)
  }

  override insert(name: string, settings: ReceiverSettings): Promise<Receiver | null> {
    return this.changing(null, (store) => store.insert(name, settings))
  }

  override update(id: string, settings: ReceiverSettings): Promise<Receiver | null> {
    return this.changing(id, (store) => store.update(id, settings))
  }

  override delete(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const store = new PostgresReceiverStore(tx)
      const before = (await store.byIds([id])).get(id) ?? null
      const isDeleted = await store.delete(id)
      if (isDeleted) await noteReceiver(new AuditTrail(tx, this.caller), this.secrets, before, null)
      return isDeleted
    })
  }

  private changing(
    id: string | null,
    change: (store: PostgresReceiverStore) => Promise<Receiver | null>,
  ): Promise<Receiver | null> {
    return this.database.transaction(async (tx) => {
      const store = new PostgresReceiverStore(tx)
      const before = id === null ? null : ((await store.byIds([id])).get(id) ?? null)
      const after = await change(store)
      if (after) await noteReceiver(new AuditTrail(tx, this.caller), this.secrets, before, after)
      return after
    })
  }
}

/** Receivers as files manage them, each change noted beside it. */
export class AuditedReceiverWriter extends ManagedReceivers {
  constructor(
    tx: Statements,
    private readonly trail: AuditTrail,
    private readonly secrets: SecretBox,
  ) {
    super(tx)
  }

  override async create(name: string, settings: ReceiverSettings): Promise<Receiver> {
    const receiver = await super.create(name, settings)
    await noteReceiver(this.trail, this.secrets, null, receiver)
    return receiver
  }

  override update(id: string, settings: ReceiverSettings): Promise<void> {
    return this.noting(id, () => super.update(id, settings))
  }

  override manage(id: string, managedBy: string | null, references: References): Promise<void> {
    return this.noting(id, () => super.manage(id, managedBy, references))
  }

  override remove(id: string): Promise<void> {
    return this.noting(id, () => super.remove(id))
  }

  private async noting(id: string, change: () => Promise<void>): Promise<void> {
    const before = await this.found(id)
    await change()
    await noteReceiver(this.trail, this.secrets, before, await this.found(id))
  }
}

async function noteReceiver(
  trail: AuditTrail,
  secrets: SecretBox,
  before: Receiver | null,
  after: Receiver | null,
): Promise<void> {
  const { id, name } = (after ?? before)!
  const action = before ? (after ? AuditAction.UPDATE : AuditAction.DELETE) : AuditAction.CREATE
  const changes = receiverDifferences(secrets, before, after)
  if (action === AuditAction.UPDATE && Object.keys(changes).length === 0) return
  await trail.note({ action, objectType: AuditObject.RECEIVER, objectId: id, objectName: name, changes })
}

function receiverDifferences(
  secrets: SecretBox,
  before: Receiver | null,
  after: Receiver | null,
): Differences {
  const changed = (['secret', 'token'] as const).filter(
    (key) => before?.[key] && after?.[key] && !sealsTheSame(secrets, before[key], after[key]),
  )
  const secret = { from: MASK, to: MASK }
  return {
    ...Object.fromEntries(changed.map((key) => [key, secret])),
    ...differences(before && shown(before), after && shown(after)),
  }
}

function shown(receiver: Receiver): Readonly<Record<string, unknown>> {
  const { description, enabled, secret, token, mapping, maxBytes, managedBy } = receiver
  const masked = (sealed: string | null) => (sealed === null ? null : MASK)
  return { description, enabled, secret: masked(secret), token: masked(token), mapping, maxBytes, managedBy }
}
