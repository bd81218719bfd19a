import type { Action, ActionType } from '../actions/action.js'
import { checkActionConfig } from '../actions/check-config.js'
import { keepMaskedSecrets, maskConfig, sealConfig } from '../actions/config-secrets.js'
import type { ActionConfig, Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { NotFoundError } from '../errors.js'
import type { ActionResult, Commands } from './commands.js'
import { removeAction, rewriteAction } from './consequences.js'
import { parseChecked, parseInput } from './parse-input.js'
import { refuseManaged } from './refuse-managed.js'
import type { RuleBook, RuleWriter } from './rule-book.js'
import { createActionInput, updateActionInput } from './rule-input.js'

export interface ActionCommandDeps {
  readonly book: RuleBook
  readonly handlers: Handlers
  readonly secrets: SecretBox
}

type ActionCommands = Pick<Commands, 'createAction' | 'updateAction' | 'deleteAction'>

export function createActionCommands(deps: ActionCommandDeps): ActionCommands {
  const { book, handlers } = deps
  return {
    async createAction(input): Promise<ActionResult> {
      const sealed: Sealed[] = []
      const { ruleId, actionType, enabled } = parseChecked(createActionInput, input, (parts) => {
        if (parts.actionType !== undefined && parts.config !== undefined)
          sealed.push(sealedConfig(deps, parts.actionType, parts.config, null))
      })
      const { config, warnings } = sealed[0]!
      const action = await book.change(async (writer) => {
        const rule = await writer.rule(ruleId)
        if (!rule) throw new NotFoundError('rule', ruleId)
        refuseManaged('rule', rule)
        return writer.insertAction(ruleId, { actionType, config, enabled })
      })
      return { action: masked(handlers, action), warnings }
    },

    updateAction(id, input): Promise<ActionResult> {
      const given = parseInput(updateActionInput, input)
      return book.change(async (writer) => {
        const before = await writer.action(id)
        if (!before) throw new NotFoundError('action', id)
        await refuseActionOfManaged(writer, before)
        const checked =
          'config' in given ? sealedConfig(deps, before.actionType, given.config, before.config) : null
        const action = await rewriteAction(writer, before, {
          config: checked?.config ?? before.config,
          enabled: given.enabled ?? before.enabled,
        })
        return { action: masked(handlers, action), warnings: checked?.warnings ?? [] }
      })
    },

    deleteAction(id) {
      return book.change(async (writer) => {
        const before = await writer.action(id)
        if (!before) throw new NotFoundError('action', id)
        await refuseActionOfManaged(writer, before)
        await removeAction(writer, id)
        return { id }
      })
    },
  }
}

async function refuseActionOfManaged(writer: RuleWriter, action: Action): Promise<void> {
  const rule = await writer.rule(action.ruleId)
  if (rule) refuseManaged('rule', rule)
}

/** A config as it is stored, and what is allowed in it but probably not meant. */
interface Sealed {
  readonly config: ActionConfig
  readonly warnings: string[]
}

/**
 * A config checked by its handler and ready to be stored. A mask keeps the secret that stands at its place in `previous` (sealed).
 * Throws `InputError`, its paths beginning with `path`.
 */
export function sealedConfig(
  { handlers, secrets }: { readonly handlers: Handlers; readonly secrets: SecretBox },
  actionType: ActionType,
  given: unknown,
  previous: ActionConfig | null,
  path = 'config',
): Sealed {
  const handler = handlers.get(actionType)
  const checked = checkActionConfig(handlers, actionType, given, path)
  const config = keepMaskedSecrets(handler, checked, previous, secrets, path)
  return { config: sealConfig(handler, config, secrets), warnings: handler.warnings?.(config) ?? [] }
}

/** The action as it may be shown. */
export function masked(handlers: Handlers, action: Action): Action {
  return { ...action, config: maskConfig(handlers.get(action.actionType), action.config) }
}
