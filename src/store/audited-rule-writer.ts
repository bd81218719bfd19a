import type { Action } from '../actions/action.js'
import { changedSecrets, MASK, maskConfig } from '../actions/config-secrets.js'
import type { Delivery } from '../actions/delivery.js'
import type { ActionConfig, Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { AuditAction, AuditObject } from '../audit/audit-entry.js'
import { differences, type Differences } from '../audit/differences.js'
import type { Applied, ActionSettings, RuleWriter, WhichFailed } from '../commands/rule-book.js'
import { settingsOf, type RuleSettings } from '../commands/rule-input.js'
import { NotFoundError } from '../errors.js'
import type { Rule } from '../rules/rule.js'
import type { AuditTrail } from './audit-trail.js'
import { AuditedReceiverWriter } from './audited-receivers.js'
import type { Statements } from './database.js'
import { PostgresRuleWriter } from './rule-writer.js'

/** What it takes to show the config of an action without its secrets. */
export interface Secrecy {
  readonly handlers: Handlers
  readonly secrets: SecretBox
}

/** Writes rules, actions and deliveries owed again, and notes each change beside it. */
export class AuditedRuleWriter extends PostgresRuleWriter implements RuleWriter {
  override readonly receivers: AuditedReceiverWriter

  constructor(
    tx: Statements,
    private readonly trail: AuditTrail,
    private readonly secrecy: Secrecy,
  ) {
    super(tx)
    this.receivers = new AuditedReceiverWriter(tx, trail, secrecy.secrets)
  }

  override async insertRule(settings: RuleSettings): Promise<Rule> {
    const rule = await super.insertRule(settings)
    await this.noteRule(AuditAction.CREATE, rule, differences(null, settings))
    return rule
  }

  override async updateRule(
    id: string,
    settings: RuleSettings,
    options: { readonly recount: boolean },
  ): Promise<Rule> {
    const before = await this.standingRule(id)
    const rule = await super.updateRule(id, settings, options)
    await this.noteRule(AuditAction.UPDATE, rule, differences(settingsOf(before), settingsOf(rule)))
    return rule
  }

  override async deleteRule(id: string): Promise<void> {
    const before = await this.standingRule(id)
    await super.deleteRule(id)
    await this.noteRule(AuditAction.DELETE, before, differences(settingsOf(before), null))
  }

  override async manageRule(id: string, managedBy: string | null): Promise<void> {
    const before = await this.standingRule(id)
    await super.manageRule(id, managedBy)
    const changes = differences({ managedBy: before.managedBy }, { managedBy })
    if (Object.keys(changes).length > 0) await this.noteRule(AuditAction.UPDATE, before, changes)
  }

  override async insertAction(ruleId: string, settings: ActionSettings): Promise<Action> {
    const action = await super.insertAction(ruleId, settings)
    await this.noteAction(AuditAction.CREATE, null, action)
    return action
  }

  override async updateAction(id: string, settings: Omit<ActionSettings, 'actionType'>): Promise<Action> {
    const before = await this.standingActionOf(id)
    const action = await super.updateAction(id, settings)
    await this.noteAction(AuditAction.UPDATE, before, action)
    return action
  }

  override async deleteAction(id: string): Promise<void> {
    const before = await this.standingActionOf(id)
    await super.deleteAction(id)
    await this.noteAction(AuditAction.DELETE, before, null)
  }

  override async oweAgain(deliveryId: string): Promise<Delivery> {
    const before = await this.delivery(deliveryId)
    const delivery = await super.oweAgain(deliveryId)
    await this.trail.note({
      action: AuditAction.RETRY,
      objectType: AuditObject.DELIVERY,
      objectId: deliveryId,
      objectName: null,
      changes: differences({ status: before?.status }, { status: delivery.status }),
    })
    return delivery
  }

  override async oweFailedAgain(which: WhichFailed): Promise<number> {
    const count = await super.oweFailedAgain(which)
    await this.trail.note({
      action: AuditAction.RETRY,
      objectType: AuditObject.DELIVERY,
      objectId: null,
      objectName: null,
      changes: differences(null, { ...which, count }),
    })
    return count
  }

  async noteApplied({ managedBy, changes, prune }: Applied): Promise<void> {
    await this.trail.note({
      action: AuditAction.APPLY,
      objectType: AuditObject.CONFIGURATION,
      objectId: null,
      objectName: managedBy,
      changes: differences(null, {
        prune,
        changes: changes.map(({ kind, name, action }) => `${action} ${kind} ${name}`),
      }),
    })
  }

  noteErased(number: string): Promise<void> {
    return this.trail.note({
      action: AuditAction.ERASE,
      objectType: AuditObject.NUMBER,
      objectId: null,
      objectName: number,
      changes: {},
    })
  }

  private noteRule(action: AuditAction, rule: Rule, changes: Differences): Promise<void> {
    return this.trail.note({
      action,
      objectType: AuditObject.RULE,
      objectId: rule.id,
      objectName: rule.name,
      changes,
    })
  }

  private async noteAction(action: AuditAction, before: Action | null, after: Action | null): Promise<void> {
    const { id, ruleId } = (after ?? before)!
    await this.trail.note({
      action,
      objectType: AuditObject.ACTION,
      objectId: id,
      // It has no name of its own: people know it by its rule.
      objectName: (await this.rule(ruleId))?.name ?? null,
      changes: this.actionDifferences(before, after),
    })
  }

  private actionDifferences(before: Action | null, after: Action | null): Differences {
    const { handlers, secrets } = this.secrecy
    const shown = differences(before && this.shown(before), after && this.shown(after))
    if (!before || !after) return shown
    const changed = changedSecrets(handlers.get(after.actionType), before.config, after.config, secrets)
    const secret = { from: MASK, to: MASK }
    return { ...Object.fromEntries(changed.map((path) => [`config.${path}`, secret])), ...shown }
  }

  private shown({ ruleId, actionType, config, enabled }: Action): Readonly<Record<string, unknown>> {
    const masked: ActionConfig = maskConfig(this.secrecy.handlers.get(actionType), config)
    return { ruleId, actionType, config: masked, enabled }
  }

  private async standingRule(id: string): Promise<Rule> {
    const rule = await this.rule(id)
    if (!rule) throw new NotFoundError('rule', id)
    return rule
  }

  private async standingActionOf(id: string): Promise<Action> {
    const action = await this.action(id)
    if (!action) throw new NotFoundError('action', id)
    return action
  }
}
