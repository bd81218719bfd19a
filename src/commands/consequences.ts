import type { Action } from '../actions/action.js'
import { conditionKeys, PatternType, type Rule } from '../rules/rule.js'
import type { ActionSettings, RuleWriter } from './rule-book.js'
import type { RuleSettings } from './rule-input.js'

/** Writes a rule's new settings, with what follows: a threshold that looks elsewhere counts anew, a disabled rule sends no more. */
export async function rewriteRule(writer: RuleWriter, before: Rule, settings: RuleSettings): Promise<Rule> {
  const rule = await writer.updateRule(before.id, settings, { recount: looksElsewhere(before, settings) })
  if (before.enabled && !settings.enabled)
    await writer.suppressUnsent({ ruleId: before.id }, 'the rule was disabled')
  return rule
}

export async function removeRule(writer: RuleWriter, id: string): Promise<void> {
  await writer.deleteRule(id)
  await writer.suppressUnsent({ ruleId: id }, 'the rule was deleted')
}

/** Writes an action's new settings; a disabled one sends no more. */
export async function rewriteAction(
  writer: RuleWriter,
  before: Action,
  settings: Omit<ActionSettings, 'actionType'>,
): Promise<Action> {
  const action = await writer.updateAction(before.id, settings)
  if (before.enabled && !action.enabled)
    await writer.suppressUnsent({ actionId: before.id }, 'the action was disabled')
  return action
}

export async function removeAction(writer: RuleWriter, id: string): Promise<void> {
  await writer.deleteAction(id)
  await writer.suppressUnsent({ actionId: id }, 'the action was deleted')
}

/** Whether an edit changes what a threshold counts; switched on again, it has missed what came meanwhile. */
function looksElsewhere(before: Rule, after: RuleSettings): boolean {
  const keys = ['enabled', ...conditionKeys] as const
  return after.patternType === PatternType.THRESHOLD && keys.some((key) => before[key] !== after[key])
}
