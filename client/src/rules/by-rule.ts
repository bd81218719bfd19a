interface OfRule {
  readonly rule: { readonly id: string }
}

/** Actions of one rule. */
export interface RuleGroup<Action extends OfRule> {
  readonly rule: Action['rule']
  readonly actions: readonly Action[]
}

/** Actions under their rules, both in the order in which they come. */
export function byRule<Action extends OfRule>(actions: readonly Action[]): readonly RuleGroup<Action>[] {
  const groups = new Map<string, { rule: Action['rule']; actions: Action[] }>()
  for (const action of actions) {
    const group = groups.get(action.rule.id)
    if (group) group.actions.push(action)
    else groups.set(action.rule.id, { rule: action.rule, actions: [action] })
  }
  return [...groups.values()]
}
