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
    return this.database.transaction(async (tx) => {
      const receiver = await new PostgresReceiverStore(tx).insert(name, settings)
      if (receiver) await noteReceiver(new AuditTrail(tx, this.caller), this.secrets, null, receiver)
      return receiver
    })
  }

  update(id: string, change: (standing: Receiver) => ReceiverSettings): Promise<Receiver | null> {
    return this.changing(id, async (store, standing) => standing && store.write(id, change(standing)))
  }

  override delete(id: string): Promise<boolean> {
    return this.changing(id, (store) => store.delete(id))
  }

  private changing<Result>(
    id: string,
    change: (store: PostgresReceiverStore, standing: Receiver | null) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction(async (tx) => {
      const store = new PostgresReceiverStore(tx)
      const standing = await store.locked(id)
      return noting(new AuditTrail(tx, this.caller), this.secrets, store, id, () => change(store, standing))
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

  private noting(id: string, change: () => Promise<void>): Promise<void> {
    return noting(this.trail, this.secrets, this.store, id, change)
  }
}

/** Changes the receiver with that id and notes what it was and is. */
async function noting<Result>(
  trail: AuditTrail,
  secrets: SecretBox,
  store: Pick<ReceiverStore, 'byIds'>,
  id: string,
  change: () => Promise<Result>,
): Promise<Result> {
  const found = async () => (await store.byIds([id])).get(id) ?? null
  const before = await found()
  const result = await change()
  if (before) await noteReceiver(trail, secrets, before, await found())
  return result
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
