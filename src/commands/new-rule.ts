import type { ActionConfig, Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { checkRule } from '../rules/check-rule.js'
import { sealedConfig } from './action-commands.js'
import { checkAll, parseChecked } from './parse-input.js'
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
  const warnings: string[] = []
  const configs: ActionConfig[] = []
  const { actions, ...settings } = parseChecked(createRuleInput, input, (parts) =>
    checkAll(
      () => warnings.push(...checkRule(parts).warnings),
      ...(parts.actions ?? []).map((action, index) => () => {
        if (action?.actionType === undefined || action.config === undefined) return
        const path = `actions.${index}.config`
        const checked = sealedConfig(sealing, action.actionType, action.config, null, path)
        warnings.push(...checked.warnings)
        configs.push(checked.config)
      }),
    ),
  )
  const sealed = actions.map((action, index) => ({ ...action, config: configs[index]! }))
  return { settings, actions: sealed, warnings }
}
