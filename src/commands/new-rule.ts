import type { Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { checkRule } from '../rules/check-rule.js'
import { sealedConfig } from './action-commands.js'
import { checkAll, parseInput } from './parse-input.js'
import type { ActionSettings } from './rule-book.js'
import { createRuleInput, type RuleSettings } from './rule-input.js'

/** A rule that may be saved, with its actions. */
export interface NewRule {
  readonly settings: RuleSettings
  readonly actions: readonly ActionSettings[]
  /** What is allowed but probably not meant. */
  readonly warnings: readonly string[]
}

/** Checks everything about a new rule. Throws `InputError` with every bad field at once. */
export function readNewRule(
  sealing: { readonly handlers: Handlers; readonly secrets: SecretBox },
  input: unknown,
): NewRule {
  const { actions, ...settings } = parseInput(createRuleInput, input)
  const warnings: string[] = []
  const sealed: ActionSettings[] = []
  checkAll(
    () => warnings.push(...checkRule(settings).warnings),
    ...actions.map((action, index) => () => {
      const path = `actions.${index}.config`
      const checked = sealedConfig(sealing, action.actionType, action.config ?? {}, null, path)
      warnings.push(...checked.warnings)
      sealed.push({ ...action, config: checked.config })
    }),
  )
  return { settings, actions: sealed, warnings }
}
