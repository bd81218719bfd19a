import { sealedConfig } from '../action-commands.js'
import { removeAction, removeRule, rewriteAction, rewriteRule } from '../consequences.js'
import type { ActionSettings, RuleWriter } from '../rule-book.js'
import type { RuleSettings } from '../rule-input.js'
import type { Handlers } from '../../actions/handler.js'
import type { SecretBox } from '../../actions/secret-box.js'
import type { WantedAction } from './read-configuration.js'
import type { References } from './references.js'
import type { StandingAction, StandingRule } from './standing.js'

/** An action ready to be stored. */
export interface SealedAction {
  readonly settings: ActionSettings
  readonly references: References
}

/** A wanted action that is written over the one that stands for it, or anew. */
export interface ActionChange {
  readonly standing: StandingAction | null
  readonly sealed: SealedAction
}

/** What an apply writes. */
export interface RuleChanges {
  /** Throws `InputError` where a mask stands for no secret. */
  sealed(wanted: WantedAction, standing: StandingAction | null): SealedAction
  create(settings: RuleSettings, actions: readonly SealedAction[], managedBy: string | null): Promise<void>
  /** `settings` null: those of the rule itself stay. */
  update(
    before: StandingRule,
    settings: RuleSettings | null,
    actions: readonly ActionChange[],
    dropped: readonly StandingAction[],
    managedBy: string | null,
  ): Promise<void>
  remove(id: string): Promise<void>
}

export function createRuleChanges(writer: RuleWriter, handlers: Handlers, secrets: SecretBox): RuleChanges {
  return {
    sealed({ actionType, config, enabled, references, path }, standing) {
      const previous = standing?.action.config ?? null
      const sealed = sealedConfig({ handlers, secrets }, actionType, config, previous, path)
      return { settings: { actionType, config: sealed.config, enabled }, references }
    },

    async create(settings, actions, managedBy) {
      const rule = await writer.insertRule(settings)
      for (const action of actions) await insert(rule.id, action)
      await writer.manageRule(rule.id, managedBy)
    },

    async update({ rule }, settings, actions, dropped, managedBy) {
      if (settings) await rewriteRule(writer, rule, settings)
      for (const { action } of dropped) await removeAction(writer, action.id)
      for (const { standing, sealed } of actions) {
        if (!standing) await insert(rule.id, sealed)
        else {
          await rewriteAction(writer, standing.action, sealed.settings)
          await writer.keepReferences(standing.action.id, sealed.references)
        }
      }
      await writer.manageRule(rule.id, managedBy)
    },

    remove: (id) => removeRule(writer, id),
  }

  async function insert(ruleId: string, { settings, references }: SealedAction): Promise<void> {
    const { id } = await writer.insertAction(ruleId, settings)
    await writer.keepReferences(id, references)
  }
}
