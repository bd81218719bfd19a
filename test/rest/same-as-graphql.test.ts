import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskConfig } from '../../src/actions/config-secrets.js'
import { toSnake } from '../../src/rest/spelling.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { KEY, openTestGraphql, type TestGraphql } from '../fixtures/graphql-server.js'
import { insertAlert, insertDelivery, insertLog } from '../fixtures/rows.js'

const handlers = someHandlers()
let server: TestGraphql
const database = () => server.database

beforeAll(async () => {
  // The commands need the database that the server opens.
  const late = { commands: null as ReturnType<typeof commandsOn> | null }
  server = await openTestGraphql({
    maskConfig: (action) => maskConfig(handlers.get(action.actionType), action.config),
    commands: {
      createRule: (input) => late.commands!.createRule(input),
      updateRule: (id, input) => late.commands!.updateRule(id, input),
      createAction: (input) => late.commands!.createAction(input),
    },
  })
  late.commands = commandsOn(server.database, handlers, 'a key')
})
afterAll(async () => {
  await server.close()
  await handlers.close()
})

async function rest(path: string, method = 'GET', body?: object): Promise<{ status: number; body: never }> {
  const response = await fetch(`${server.http.url}/api${path}`, {
    method,
    headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: response.status, body: (await response.json()) as never }
}

async function graphql(query: string, variables: object = {}): Promise<never> {
  const { data, errors } = await server.ask(query, variables)
  expect(errors).toEqual([])
  return Object.values(data ?? {})[0] as never
}

/** What GraphQL says, in the spelling of REST. */
function respelled(value: unknown, isEnum: (key: string) => boolean, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => respelled(item, isEnum, key))
  if (typeof value === 'string') return isEnum(key) ? value.toLowerCase() : value
  if (typeof value !== 'object' || value === null || key === 'config' || key === 'rawData') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [toSnake(name), respelled(inner, isEnum, name)]),
  )
}

const enums = (key: string) => ['logType', 'patternType', 'actionType'].includes(key)

const RULE = `id name description enabled logType patternType patternValue thresholdCount thresholdWindowMinutes cooldownMinutes managedBy createdAt
  updatedAt conditionChangedAt actions { id ruleId actionType config enabled managedBy createdAt }`
const LOG = `id twilioSid accountSid logType timestamp status errorCode errorMessage fromNumber toNumber rawData processed createdAt updatedAt`

describe('GraphQL and REST', () => {
  it('show the same rules and actions', async () => {
    await rest('/rules', 'POST', {
      name: 'Failures',
      log_type: 'message',
      pattern_type: 'status',
      pattern_value: 'failed',
      actions: [{ type: 'webhook', config: { url: 'https://hooks.example.com/', secret: 'hush hush' } }],
    })
    const rules = (await rest('/rules')).body as { id: string }[]
    expect(rules).toEqual(respelled(await graphql(`{ rules { ${RULE} } }`), enums))
    const id = rules[0]?.id
    expect((await rest(`/rules/${id}`)).body).toEqual(
      respelled(await graphql(`query ($id: ID!) { rule(id: $id) { ${RULE} } }`, { id }), enums),
    )
    expect((await rest('/actions')).body).toEqual(
      respelled(
        await graphql('{ actions { id ruleId actionType config enabled managedBy createdAt } }'),
        enums,
      ),
    )
  })

  it('show the same logs, page by page, by the same cursors', async () => {
    for (let n = 0; n < 5; n += 1)
      await insertLog(database(), {
        timestamp: new Date(n * 60_000),
        status: n % 2 ? 'failed' : 'sent',
        text: 'x',
      })
    const query = `query ($after: String) {
      logs(first: 2, after: $after, filter: { status: ["sent"] }) { nodes { ${LOG} } pageInfo { endCursor } }
    }`
    const first = (await graphql(query)) as { nodes: object[]; pageInfo: { endCursor: string } }
    expect((await rest('/logs?status=sent&limit=2')).body).toEqual(respelled(first.nodes, enums))
    const after = first.pageInfo.endCursor
    const second = (await graphql(query, { after })) as { nodes: object[] }
    expect(second.nodes).toHaveLength(1)
    expect((await rest(`/logs?status=sent&limit=2&after=${after}`)).body).toEqual(
      respelled(second.nodes, enums),
    )
  })

  it('show the same deliveries', async () => {
    const [rule] = (await rest('/rules')).body as { id: string; actions: { id: string }[] }[]
    const owed = { ruleId: rule!.id, actionId: rule!.actions[0]!.id }
    const alertId = await insertAlert(database(), owed.ruleId, null)
    await insertDelivery(database(), { ...owed, alertId }, { status: 'failed', attempts: 1 })
    const fields =
      'id alertId actionId triggeredAt actionResult success status attemptCount nextAttemptAt completedAt failing retriable'
    const { nodes } = (await graphql(`{ deliveries { nodes { ${fields} } } }`)) as { nodes: object[] }
    const told = respelled(nodes, (key) => key === 'status') as object[]
    expect(told).toHaveLength(1)
    expect((await rest('/alerts')).body).toEqual(
      told.map((row) => ({ ...row, rule_id: owed.ruleId, log_id: null })),
    )
  })

  it('refuse the same input at the same places, each in its own spelling', async () => {
    const input = {
      name: ' ',
      patternType: 'THRESHOLD',
      patternValue: 'code:',
      thresholdCount: 0,
      cooldownMinutes: -1,
      actions: [{ actionType: 'EMAIL', config: { recipients: ['nobody'], timeoutSeconds: 1 } }],
    }
    const { errors } = await server.ask(
      'mutation ($input: CreateRuleInput!) { createRule(input: $input) { warnings } }',
      { input },
    )
    const { body, status } = await rest('/rules', 'POST', respelled(input, (key) => enums(key)) as object)
    expect(status).toBe(400)
    const fields = errors[0]?.extensions.fields ?? []
    expect(fields).toHaveLength(7)
    expect((body as { errors: object[] }).errors).toEqual(
      fields.map(({ path, message }) => ({
        message,
        path: path
          .replace(/^input\./, '')
          .split('.')
          .map((part) => (path.includes('.config.') ? part : toSnake(part)))
          .join('.'),
      })),
    )
  })

  it('know nothing of the same things', async () => {
    const id = randomUUID()
    expect(await graphql('query ($id: ID!) { rule(id: $id) { id } }', { id })).toBeNull()
    expect((await rest(`/rules/${id}`)).status).toBe(404)
    const { errors } = await server.ask(
      'mutation ($id: ID!) { updateRule(id: $id, input: {}) { warnings } }',
      { id },
    )
    const { body } = await rest(`/rules/${id}`, 'PUT', {})
    expect(body).toMatchObject({ code: errors[0]?.extensions.code, detail: errors[0]?.message })
  })
})
