import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ConflictError, InputError } from '../../src/errors.js'
import { Reads } from '../../src/store/reads.js'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { insertAction, insertAlert, insertDelivery, insertRule } from '../fixtures/rows.js'

let graphql: TestGraphql
let reads: Reads
const command = () => vi.fn<(...args: unknown[]) => Promise<never>>()
const commands = {
  createRule: command(),
  updateRule: command(),
  deleteRule: command(),
  createAction: command(),
  updateAction: command(),
  deleteAction: command(),
  testAction: command(),
  retryDelivery: command(),
  retryFailedDeliveries: command(),
  pollNow: command(),
}
beforeAll(async () => {
  graphql = await openTestGraphql({ commands, maskConfig: () => ({ secret: '****' }) })
  reads = new Reads(graphql.database)
})
afterEach(() => vi.resetAllMocks())
afterAll(() => graphql.close())

const answers = (mock: ReturnType<typeof command>, value: unknown) => mock.mockResolvedValue(value as never)

describe('a mutation of a rule', () => {
  it('hands its input on with internal enum values and defaults, and answers with the rule and its actions', async () => {
    const ruleId = await insertRule(graphql.database, { name: 'made' })
    const actionId = await insertAction(graphql.database, ruleId, { config: { secret: 'hush' } })
    answers(commands.createRule, {
      rule: (await reads.rules.rulesByIds([ruleId])).get(ruleId),
      warnings: ['hm'],
    })
    const { data, errors } = await graphql.ask(
      `mutation ($input: CreateRuleInput!) { createRule(input: $input) { warnings rule { id name patternType actions { id config } } } }`,
      {
        input: {
          name: 'made',
          logType: 'MESSAGE',
          patternType: 'ERROR_CODE',
          patternValue: null,
          actions: [{ actionType: 'WEBHOOK', config: { url: 'http://x', deep: [{ a: null }] } }],
        },
      },
    )
    expect(errors).toEqual([])
    expect(plain(commands.createRule.mock.calls[0]![0])).toEqual({
      name: 'made',
      logType: 'message',
      patternType: 'error_code',
      patternValue: null,
      enabled: true,
      cooldownMinutes: 0,
      actions: [{ actionType: 'webhook', config: { url: 'http://x', deep: [{ a: null }] }, enabled: true }],
    })
    expect(data!.createRule).toEqual({
      warnings: ['hm'],
      rule: {
        id: ruleId,
        name: 'made',
        patternType: 'ERROR_CODE',
        actions: [{ id: actionId, config: { secret: '****' } }],
      },
    })
  })

  it('tells what is absent from what is null', async () => {
    const id = await insertRule(graphql.database)
    answers(commands.updateRule, { rule: (await reads.rules.rulesByIds([id])).get(id), warnings: [] })
    await graphql.ask(
      `mutation ($id: ID!) { updateRule(id: $id, input: { description: null, enabled: false }) { rule { id } } }`,
      {
        id: id.toUpperCase(),
      },
    )
    const [givenId, input] = commands.updateRule.mock.calls[0]!
    expect(givenId).toBe(id)
    expect(plain(input)).toEqual({ description: null, enabled: false })
    expect(Object.keys(input as object).sort()).toEqual(['description', 'enabled'])
  })
})

describe('every other mutation', () => {
  it('is handed on as it is', async () => {
    const { database } = graphql
    const ruleId = await insertRule(database)
    const actionId = await insertAction(database, ruleId)
    const alertId = await insertAlert(database, ruleId, null)
    const deliveryId = await insertDelivery(database, { alertId, ruleId, actionId })
    const logId = randomUUID()
    const action = (await reads.rules.actionsByIds([actionId])).get(actionId)
    answers(commands.createAction, { action, warnings: [] })
    answers(commands.updateAction, { action, warnings: ['careful'] })
    answers(commands.deleteAction, { id: actionId })
    answers(commands.deleteRule, { id: ruleId })
    answers(commands.testAction, { success: false, result: { statusCode: 500 } })
    answers(commands.retryDelivery, {
      delivery: (await reads.deliveries.byIds([deliveryId])).get(deliveryId),
    })
    answers(commands.retryFailedDeliveries, { count: 7 })
    answers(commands.pollNow, { stored: 3, changed: 1 })
    const { data, errors } = await graphql.ask(
      `mutation ($rule: ID!, $action: ID!, $delivery: ID!, $log: ID!) {
        createAction(input: { ruleId: $rule, actionType: LOG, config: {} }) { action { id rule { id } } }
        updateAction(id: $action, input: { enabled: null }) { action { config } warnings }
        deleteAction(id: $action) { id } deleteRule(id: $rule) { id }
        testAction(id: $action, logId: $log) { success result } sample: testAction(id: $action) { success }
        retryDelivery(id: $delivery) { delivery { id action { id } } }
        retryFailedDeliveries(ruleId: $rule, since: "2026-03-01T12:00:00Z", failing: true) { count }
        pollNow { stored changed }
      }`,
      { rule: ruleId, action: actionId, delivery: deliveryId, log: logId },
    )
    expect(errors).toEqual([])
    expect(data).toEqual({
      createAction: { action: { id: actionId, rule: { id: ruleId } } },
      updateAction: { action: { config: { secret: '****' } }, warnings: ['careful'] },
      deleteAction: { id: actionId },
      deleteRule: { id: ruleId },
      testAction: { success: false, result: { statusCode: 500 } },
      sample: { success: false },
      retryDelivery: { delivery: { id: deliveryId, action: { id: actionId } } },
      retryFailedDeliveries: { count: 7 },
      pollNow: { stored: 3, changed: 1 },
    })
    expect(plain(commands.createAction.mock.calls[0]![0])).toEqual({
      ruleId,
      actionType: 'log',
      config: {},
      enabled: true,
    })
    expect(plain(commands.updateAction.mock.calls[0])).toEqual([actionId, { enabled: null }])
    expect(commands.retryFailedDeliveries.mock.calls).toEqual([
      [{ alertId: null, ruleId, since: new Date('2026-03-01T12:00:00Z'), failing: true }],
    ])
    expect(commands.testAction.mock.calls).toEqual([
      [actionId, logId],
      [actionId, null],
    ])
  })

  it.each([
    'updateRule(id: "7", input: {}) { warnings }',
    'deleteRule(id: "") { id }',
    'updateAction(id: "a-b", input: {}) { warnings }',
    'deleteAction(id: "7") { id }',
    'testAction(id: "7") { success }',
    `testAction(id: "${randomUUID()}", logId: "7") { success }`,
    'retryDelivery(id: "7") { delivery { id } }',
  ])('says NOT_FOUND of an id that is none: %s', async (call) => {
    const { errors } = await graphql.ask(`mutation { ${call} }`)
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  })
})

describe('a refusal', () => {
  it('names every bad field at once, as the caller spelled it', async () => {
    commands.createRule.mockRejectedValue(
      new InputError([
        { path: 'patternValue', message: 'is no pattern' },
        { path: 'actions.0.config.url', message: 'is no URL' },
      ]),
    )
    const { errors } = await graphql.ask(
      'mutation { createRule(input: { name: "x", patternType: REGEX }) { warnings } }',
    )
    expect(errors).toMatchObject([
      {
        path: ['createRule'],
        extensions: {
          code: 'BAD_USER_INPUT',
          fields: [
            { path: 'input.patternValue', message: 'is no pattern' },
            { path: 'input.actions.0.config.url', message: 'is no URL' },
          ],
        },
      },
    ])
  })

  it('of the state things are in says CONFLICT', async () => {
    commands.retryDelivery.mockRejectedValue(new ConflictError('It is still pending.'))
    const { errors } = await graphql.ask(
      `mutation { retryDelivery(id: "${randomUUID()}") { delivery { id } } }`,
    )
    expect(errors).toMatchObject([{ message: 'It is still pending.', extensions: { code: 'CONFLICT' } }])
  })
})

/** Without the classes and prototypes that inputs come in. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
