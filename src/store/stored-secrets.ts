import type { ActionType } from '../actions/action.js'
import type { ActionConfig } from '../actions/handler.js'
import { SecretBoxError } from '../actions/secret-box.js'
import { AuditAction, AuditObject } from '../audit/audit-entry.js'
import { theCommandLine } from '../audit/caller.js'
import { differences } from '../audit/differences.js'
import { StartError } from '../errors.js'
import { AuditTrail } from './audit-trail.js'
import type { Secrecy } from './audited-rule-writer.js'
import type { Database, Statements } from './database.js'

/** Stands where a secret was that nobody can read any more: whoever tries to use it is told to write it again. */
const GIVEN_UP = 'given-up'

/** Rows sealed anew in one transaction: between two of them everybody else gets their turn. */
const AT_A_TIME = 200

interface ActionSecrets {
  readonly id: string
  readonly actionType: ActionType
  readonly config: ActionConfig
}

interface ReceiverSecrets {
  readonly id: string
  readonly secret: string | null
  readonly token: string | null
}

/** What was encrypted with keys that are not at hand. */
interface Unreadable {
  readonly actions: number
  readonly receivers: number
  /** The key by which erased numbers are known again. */
  readonly erasureKey: boolean
}

/** Secrets are stored that were encrypted with a key that this process does not have. */
export class WrongSecretKeyError extends StartError {
  override readonly name = 'WrongSecretKeyError'
  readonly code = 'wrong-secret-key'

  constructor(unreadable: Unreadable) {
    super(
      `SECRET_KEY is not the key with which ${inWords(unreadable)} encrypted. ` +
        'Give it the key of before; or give that one as SECRET_KEY_OLD and run giftpulse secrets rotate. ' +
        'Where it is lost, giftpulse secrets rotate --give-up-unreadable lets go of these secrets, and they have to be written again.',
    )
  }
}

function inWords({ actions, receivers, erasureKey }: Unreadable): string {
  const owners = [
    ...(actions > 0 ? [`${actions} ${actions === 1 ? 'action' : 'actions'}`] : []),
    ...(receivers > 0 ? [`${receivers} ${receivers === 1 ? 'receiver' : 'receivers'}`] : []),
  ]
  const parts = [
    ...(owners.length > 0 ? [`the secrets of ${owners.join(' and ')}`] : []),
    ...(erasureKey ? ['the key that knows erased numbers again'] : []),
  ]
  return `${parts.join(' and ')} ${owners.length > 0 ? 'were' : 'was'}`
}

/** What a rotation did. */
export interface Rotation {
  /** Actions and receivers with secrets that are encrypted anew. */
  readonly actions: number
  readonly receivers: number
  /** Secrets that no key at hand opens: left as they are, or given up where that was asked for. */
  readonly unreadable: number
  /** Actions and receivers that were encrypted with an old key while it ran, by a process that has no newer one. */
  readonly foundLater: number
}

/** What came of one page of a table; `last` is null where it was empty. */
interface Page {
  readonly last: string | null
  readonly written: number
  readonly unreadable: number
}

/** The secrets that the database keeps, all of them sealed: in the configs of actions, and of receivers. */
export class StoredSecrets {
  constructor(
    private readonly database: Database,
    private readonly secrecy: Secrecy,
  ) {}

  /** @throws {WrongSecretKeyError} where a secret that may be needed was sealed with none of the keys at hand */
  async refuseWrongKey(): Promise<void> {
    const { secrets } = this.secrecy
    const actions = await this.database.query<ActionSecrets>(
      `SELECT id, action_type AS "actionType", config FROM actions WHERE deleted_at IS NULL`,
    )
    const receivers = await this.database.query<ReceiverSecrets>(`SELECT id, secret, token FROM receivers`)
    const isForeign = (sealed: string | null): boolean => sealed !== null && secrets.isForeign(sealed)
    const unreadable = {
      actions: actions.filter((action) => this.sealedIn(action).some(isForeign)).length,
      receivers: receivers.filter(({ secret, token }) => [secret, token].some(isForeign)).length,
      erasureKey: isForeign(await this.erasureKey(this.database)),
    }
    if (unreadable.actions + unreadable.receivers > 0 || unreadable.erasureKey)
      throw new WrongSecretKeyError(unreadable)
  }

  /** Seals what was stored when it was not known for a secret yet, such as a token in the path of a URL. */
  async sealPlain(): Promise<void> {
    await this.everyRow((tx, after) => this.sealPlainActions(tx, after))
  }

  /**
   * Seals every secret with the newest key, then looks once more: a process that still seals with an old one would bring back what
   * was just replaced. Killed at any moment it is run again: what is sealed anew already stays.
   */
  async rotate({ giveUpUnreadable }: { readonly giveUpUnreadable: boolean }): Promise<Rotation> {
    const { actions, receivers, unreadable } = await this.sealAllAnew(giveUpUnreadable)
    const again = await this.sealAllAnew(giveUpUnreadable)
    return { actions, receivers, unreadable, foundLater: again.actions + again.receivers }
  }

  private async sealAllAnew(giveUpUnreadable: boolean): Promise<Omit<Rotation, 'foundLater'>> {
    const actions = await this.everyRow((tx, after) => this.rotateActions(tx, after, giveUpUnreadable))
    const receivers = await this.everyRow((tx, after) => this.rotateReceivers(tx, after, giveUpUnreadable))
    const erasure = await this.database.underJudgeLock((tx) => this.rotateErasureKey(tx, giveUpUnreadable))
    return {
      actions: actions.written,
      receivers: receivers.written,
      unreadable: actions.unreadable + receivers.unreadable + erasure.unreadable,
    }
  }

  /** null where no key at hand opens it. */
  private sealedAnew(sealed: string): string | null {
    const { secrets } = this.secrecy
    if (sealed === GIVEN_UP || secrets.isCurrent(sealed)) return sealed
    if (!secrets.isSealed(sealed)) return secrets.seal(sealed)
    try {
      return secrets.seal(secrets.open(sealed))
    } catch (thrown) {
      if (thrown instanceof SecretBoxError) return null
      throw thrown
    }
  }

  /**
   * Walks through a table by id, each page under the judge's lock: whoever changes an action reads it and writes it back under that
   * lock, and must not write back what was sealed before.
   */
  private async everyRow(
    page: (tx: Statements, after: string) => Promise<Page>,
  ): Promise<Omit<Page, 'last'>> {
    let [written, unreadable] = [0, 0]
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null;) {
      const from: string = after
      const done = await this.database.underJudgeLock((tx) => page(tx, from))
      written += done.written
      unreadable += done.unreadable
      after = done.last
    }
    return { written, unreadable }
  }

  private async rotateActions(tx: Statements, after: string, giveUpUnreadable: boolean): Promise<Page> {
    const sealer = this.sealer(giveUpUnreadable)
    const { last, written } = await this.rewriteActions(tx, after, sealer.seal)
    if (written > 0) await noteRotation(tx, { actions: written, givenUp: sealer.givenUp })
    return { last, written, unreadable: sealer.unreadable }
  }

  private async sealPlainActions(tx: Statements, after: string): Promise<Page> {
    const { secrets } = this.secrecy
    const seal = (text: string) => (text === GIVEN_UP || secrets.isSealed(text) ? text : secrets.seal(text))
    return { ...(await this.rewriteActions(tx, after, seal)), unreadable: 0 }
  }

  /** The next actions after an id, each secret of theirs as `seal` has it. */
  private async rewriteActions(
    tx: Statements,
    after: string,
    seal: (stored: string) => string,
  ): Promise<Omit<Page, 'unreadable'>> {
    const rows = await tx.query<ActionSecrets>(
      `SELECT id, action_type AS "actionType", config FROM actions WHERE id > $1 ORDER BY id LIMIT ${AT_A_TIME} FOR UPDATE`,
      [after],
    )
    let written = 0
    for (const { id, actionType, config } of rows) {
      const anew = JSON.stringify(this.handler(actionType).mapSecrets(config, seal))
      if (anew === JSON.stringify(config)) continue
      await tx.query(`UPDATE actions SET config = $2 WHERE id = $1`, [id, anew])
      written += 1
    }
    return { last: rows.at(-1)?.id ?? null, written }
  }

  private async rotateReceivers(tx: Statements, after: string, giveUpUnreadable: boolean): Promise<Page> {
    const rows = await tx.query<ReceiverSecrets>(
      `SELECT id, secret, token FROM receivers WHERE id > $1 ORDER BY id LIMIT ${AT_A_TIME} FOR UPDATE`,
      [after],
    )
    const sealer = this.sealer(giveUpUnreadable)
    let written = 0
    for (const { id, secret, token } of rows) {
      const anew = [secret, token].map((sealed) => (sealed === null ? null : sealer.seal(sealed)))
      if (anew[0] === secret && anew[1] === token) continue
      await tx.query(`UPDATE receivers SET secret = $2, token = $3 WHERE id = $1`, [id, ...anew])
      written += 1
    }
    if (written > 0) await noteRotation(tx, { receivers: written, givenUp: sealer.givenUp })
    return { last: rows.at(-1)?.id ?? null, written, unreadable: sealer.unreadable }
  }

  /** Counts what no key opens; the rest it seals anew. */
  private sealer(giveUpUnreadable: boolean) {
    const sealer = {
      unreadable: 0,
      get givenUp() {
        return giveUpUnreadable ? sealer.unreadable : 0
      },
      seal: (sealed: string): string => {
        const anew = this.sealedAnew(sealed)
        if (anew !== null) return anew
        sealer.unreadable += 1
        return giveUpUnreadable ? GIVEN_UP : sealed
      },
    }
    return sealer
  }

  private async erasureKey(statements: Statements): Promise<string | null> {
    const [state] = await statements.query<{ sealed: string | null }>(
      `SELECT erasure_key AS sealed FROM system_state`,
    )
    return state?.sealed ?? null
  }

  /** Without its key no erased number is known again: they go with it. */
  private async rotateErasureKey(
    tx: Statements,
    giveUpUnreadable: boolean,
  ): Promise<{ readonly unreadable: number }> {
    const sealer = this.sealer(giveUpUnreadable)
    const before = await this.erasureKey(tx)
    const after = before === null ? null : sealer.seal(before)
    if (after !== before) {
      if (after === GIVEN_UP) await tx.query(`DELETE FROM erased_numbers`)
      await tx.query(`UPDATE system_state SET erasure_key = $1`, [after === GIVEN_UP ? null : after])
      await noteRotation(tx, { erasureKeys: 1, givenUp: sealer.givenUp })
    }
    return sealer
  }

  private sealedIn({ actionType, config }: ActionSecrets): string[] {
    const sealed: string[] = []
    this.handler(actionType).mapSecrets(config, (value) => {
      sealed.push(value)
      return value
    })
    return sealed
  }

  private handler(actionType: ActionType) {
    return this.secrecy.handlers.get(actionType)
  }
}

/** In the transaction that it is about: a rotation that is killed has noted what it did. */
function noteRotation(tx: Statements, counts: Readonly<Record<string, number>>): Promise<void> {
  return new AuditTrail(tx, theCommandLine).note({
    action: AuditAction.ROTATE,
    objectType: AuditObject.SECRETS,
    objectId: null,
    objectName: null,
    changes: differences(null, counts),
  })
}
