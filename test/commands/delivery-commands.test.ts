import { afterAll, describe, expect, it } from 'vitest'
import type { Action } from '../../src/actions/action.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { createDeliveryCommands } from '../../src/commands/delivery-commands.js'
import type { RuleBook } from '../../src/commands/rule-book.js'
import { aRule, someHandlers } from '../actions/samples.js'

const handlers = someHandlers()
afterAll(() => handlers.close())

const noon = new Date('2026-03-01T12:00:00.000Z')
const action: Action = {
  id: '55555555-5555-4555-8555-555555555555',
  ruleId: aRule().id,
  actionType: 'log',
  config: {},
  enabled: true,
  managedBy: null,
  createdAt: noon,
  deletedAt: null,
}

describe('a test of an action', () => {
  it('says once that it is one', async () => {
    const { testAction } = createDeliveryCommands({
      book: {} as RuleBook,
      subjects: { actionWithRule: async () => ({ action, rule: aRule() }), log: async () => null },
      noteTest: async () => undefined,
      handlers,
      secrets: createSecretBox('a key'),
      clock: () => noon,
    })
    expect(await testAction(action.id, null)).toMatchObject({
      success: true,
      result: { message: 'Test of Carrier trouble: nothing has happened.' },
    })
  })
})
