import type { Action } from '../../actions/action.js'
import type { Rule } from '../../rules/rule.js'
import type { RuleWriter } from '../rule-book.js'
import type { References } from './references.js'

/** An action as it stands, its secrets sealed, with the references by which files gave them. */
export interface StandingAction {
  readonly action: Action
  readonly references: References
}

/** A rule as it stands. */
export interface StandingRule {
  readonly rule: Rule
  readonly actions: readonly StandingAction[]
}

/** The rules with their actions, oldest first. */
export async function readStanding(writer: RuleWriter): Promise<StandingRule[]> {
  const rules = await writer.rules()
  const actions = await writer.actions()
  const references = await writer.references()
  return rules.map((rule) => ({
    rule,
    actions: actions
      .filter(({ ruleId }) => ruleId === rule.id)
      .map((action) => ({ action, references: references.get(action.id) ?? {} })),
  }))
}
