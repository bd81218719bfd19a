import type { ActionResult } from '../commands/commands.js'
import { createActionInput, updateActionInput } from '../commands/rule-input.js'
import { NotFoundError } from '../errors.js'
import { ApiScope } from '../keys/scope.js'
import { idOf } from '../store/row-id.js'
import { isUuid } from '../store/uuid.js'
import { actionShape, savedActionShape } from './action-shape.js'
import { present } from './present.js'
import { text } from './query-parameters.js'
import { MANAGED, route } from './route.js'
import { named } from './schemas.js'
import { testShape } from './test-shape.js'

const examples = {
  'An email': {
    rule_id: '00000000-0000-4000-8000-000000000000',
    action_type: 'email',
    config: { recipients: ['ops@example.com'], subject: 'Twilio Alert', template: 'error_notification' },
    enabled: true,
  },
  'A webhook': {
    rule_id: '00000000-0000-4000-8000-000000000000',
    action_type: 'webhook',
    config: { url: 'https://hooks.example.com/twilio' },
  },
}

export const actionRoutes = [
  route({
    method: 'GET',
    path: '/actions',
    scope: ApiScope.READ,
    name: 'listActions',
    tag: 'actions',
    summary: 'The actions',
    description: 'Oldest first, without the deleted ones.',
    query: { ruleId: text('Only those of this rule.') },
    answer: { status: 200, description: 'Every action.', shape: actionShape, isList: true },
    handle: async ({ reads, maskConfig }, { query: { ruleId } }) => {
      const actions =
        ruleId === undefined
          ? await reads.rules.actions(null)
          : isUuid(ruleId)
            ? await reads.rules.actions([ruleId])
            : []
      return {
        body: actions.map((action) => present(actionShape, { ...action, config: maskConfig(action) })),
      }
    },
  }),

  route({
    method: 'POST',
    path: '/actions',
    scope: ApiScope.OPERATE,
    name: 'createAction',
    tag: 'actions',
    summary: 'Makes an action of a rule',
    input: named('NewAction', createActionInput),
    examples,
    answer: {
      status: 201,
      description: 'The action as it was stored.',
      shape: savedActionShape,
      headers: { Location: 'Where the action is read.' },
    },
    conflict: MANAGED,
    handle: async ({ commands }, { input, request }) => {
      const saved = await commands.createAction(input)
      return {
        body: presentSaved(saved),
        headers: { Location: `${request.address}/api/actions/${saved.action.id}` },
      }
    },
  }),

  route({
    method: 'GET',
    path: '/actions/:id',
    scope: ApiScope.READ,
    name: 'readAction',
    tag: 'actions',
    summary: 'One action',
    answer: { status: 200, description: 'The action.', shape: actionShape },
    handle: async ({ reads, maskConfig }, { id }) => {
      const key = idOf('action', id)
      const action = (await reads.rules.actionsByIds([key])).get(key)
      if (!action || action.deletedAt) throw new NotFoundError('action', id)
      return { body: present(actionShape, { ...action, config: maskConfig(action) }) }
    },
  }),

  route({
    method: 'PUT',
    path: '/actions/:id',
    scope: ApiScope.OPERATE,
    name: 'updateAction',
    tag: 'actions',
    summary: 'Changes an action',
    description: 'What is left out stays. A config is always the whole config.',
    input: named('ActionChange', updateActionInput),
    examples: { 'Switch it off': { enabled: false } },
    answer: { status: 200, description: 'The action as it stands now.', shape: savedActionShape },
    conflict: MANAGED,
    handle: async ({ commands }, { id, input }) => ({
      body: presentSaved(await commands.updateAction(idOf('action', id), input)),
    }),
  }),

  route({
    method: 'DELETE',
    path: '/actions/:id',
    scope: ApiScope.OPERATE,
    name: 'deleteAction',
    tag: 'actions',
    summary: 'Deletes an action',
    description: 'What is unsent of it is suppressed.',
    answer: { status: 204, description: 'It is deleted.' },
    conflict: MANAGED,
    handle: async ({ commands }, { id }) => {
      await commands.deleteAction(idOf('action', id))
      return {}
    },
  }),

  route({
    method: 'POST',
    path: '/actions/:id/test',
    isPersonal: true,
    scope: ApiScope.OPERATE,
    name: 'testAction',
    tag: 'actions',
    summary: 'Tries an action for real',
    description: 'One try, now, marked as a test; it leaves no delivery.',
    query: { logId: text('The log to tell of; a sample where none is named.') },
    answer: { status: 200, description: 'What came of it.', shape: testShape },
    handle: async ({ commands }, { id, query: { logId } }) => {
      const log = logId === undefined ? null : idOf('log', logId)
      return { body: present(testShape, await commands.testAction(idOf('action', id), log)) }
    },
  }),
]

function presentSaved({ action, warnings }: ActionResult): object {
  return present(savedActionShape, { ...action, warnings })
}
