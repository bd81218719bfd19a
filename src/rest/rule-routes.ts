import type { Action } from '../actions/action.js'
import type { RuleResult } from '../commands/commands.js'
import { createRuleInput, updateRuleInput } from '../commands/rule-input.js'
import { NotFoundError } from '../errors.js'
import { ApiScope } from '../keys/scope.js'
import type { Rule } from '../rules/rule.js'
import { idOf } from '../store/row-id.js'
import { present } from './present.js'
import { flag } from './query-parameters.js'
import { MANAGED, type RestDeps, route } from './route.js'
import { ruleShape, savedRuleShape } from './rule-shape.js'
import { named } from './schemas.js'

const examples = {
  'Calls that fail': {
    name: 'Failed Call Detection',
    description: 'Alert when calls fail',
    enabled: true,
    log_type: 'call',
    pattern_type: 'status',
    pattern_value: 'failed,busy,no-answer',
  },
  'Five messages in ten minutes, with an email': {
    name: 'Carrier trouble',
    log_type: 'message',
    pattern_type: 'threshold',
    pattern_value: 'code:30003-30008',
    threshold_count: 5,
    threshold_window_minutes: 10,
    cooldown_minutes: 30,
    actions: [{ type: 'email', config: { recipients: ['ops@example.com'], priority: 'high' } }],
  },
}

export const ruleRoutes = [
  route({
    method: 'GET',
    path: '/rules',
    scope: ApiScope.READ,
    name: 'listRules',
    tag: 'rules',
    summary: 'The rules',
    description: 'Oldest first, with their actions, without the deleted ones.',
    query: { enabled: flag('Only the enabled, or only the disabled ones.') },
    answer: { status: 200, description: 'Every rule.', shape: ruleShape, isList: true },
    handle: async (deps, { query }) => {
      const rules = await deps.reads.rules.rules(query.enabled ?? null)
      const actions = rules.length > 0 ? await deps.reads.rules.actions(rules.map(({ id }) => id)) : []
      const ofRule = new Map<string, Action[]>(rules.map(({ id }) => [id, []]))
      for (const action of actions) ofRule.get(action.ruleId)?.push(action)
      return { body: rules.map((rule) => present(ruleShape, shown(deps, rule, ofRule.get(rule.id) ?? []))) }
    },
  }),

  route({
    method: 'POST',
    path: '/rules',
    scope: ApiScope.OPERATE,
    name: 'createRule',
    tag: 'rules',
    summary: 'Makes a rule, with its actions',
    description: 'It judges exactly the logs and changes stored after the answer.',
    input: named('NewRule', createRuleInput),
    examples,
    answer: {
      status: 201,
      description: 'The rule as it was stored.',
      shape: savedRuleShape,
      headers: { Location: 'Where the rule is read.' },
    },
    handle: async (deps, { input, request }) => {
      const saved = await deps.commands.createRule(input)
      return {
        body: await presentSaved(deps, saved),
        headers: { Location: `${request.address}/api/rules/${saved.rule.id}` },
      }
    },
  }),

  route({
    method: 'GET',
    path: '/rules/:id',
    scope: ApiScope.READ,
    name: 'readRule',
    tag: 'rules',
    summary: 'One rule, with its actions',
    answer: { status: 200, description: 'The rule.', shape: ruleShape },
    handle: async (deps, { id }) => {
      const key = idOf('rule', id)
      const rule = (await deps.reads.rules.rulesByIds([key])).get(key)
      if (!rule || rule.deletedAt) throw new NotFoundError('rule', id)
      return { body: present(ruleShape, shown(deps, rule, await deps.reads.rules.actions([key]))) }
    },
  }),

  route({
    method: 'PUT',
    path: '/rules/:id',
    scope: ApiScope.OPERATE,
    name: 'updateRule',
    tag: 'rules',
    summary: 'Changes a rule',
    description: 'What is left out stays, null clears. What was stored before is not judged again.',
    input: named('RuleChange', updateRuleInput),
    examples: { 'Switch it off': { enabled: false } },
    answer: { status: 200, description: 'The rule as it stands now.', shape: savedRuleShape },
    conflict: MANAGED,
    handle: async (deps, { id, input }) => ({
      body: await presentSaved(deps, await deps.commands.updateRule(idOf('rule', id), input)),
    }),
  }),

  route({
    method: 'DELETE',
    path: '/rules/:id',
    scope: ApiScope.OPERATE,
    name: 'deleteRule',
    tag: 'rules',
    summary: 'Deletes a rule and its actions',
    description: 'What is unsent is suppressed; its alerts stay.',
    answer: { status: 204, description: 'It is deleted.' },
    conflict: MANAGED,
    handle: async ({ commands }, { id }) => {
      await commands.deleteRule(idOf('rule', id))
      return {}
    },
  }),
]

async function presentSaved(deps: RestDeps, { rule, warnings }: RuleResult): Promise<object> {
  const actions = await deps.reads.rules.actions([rule.id])
  return present(savedRuleShape, { ...shown(deps, rule, actions), warnings })
}

function shown({ maskConfig }: RestDeps, rule: Rule, actions: readonly Action[]) {
  return { ...rule, actions: actions.map((action) => ({ ...action, config: maskConfig(action) })) }
}
