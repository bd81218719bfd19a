import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MASK } from '../../src/actions/config-secrets.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'

interface Entry {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly actorName: string
  readonly keyId: string | null
  readonly action: string
  readonly objectType: string
  readonly objectId: string | null
  readonly objectName: string | null
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
  readonly requestId: string | null
  readonly ip: string | null
}

const handlers = someHandlers()
let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({
    commandsFor: (database, caller) => commandsOn(database, handlers, 'a secret key', caller),
  })
})
afterAll(async () => {
  await graphql.close()
  await handlers.close()
})

async function ask<Data>(query: string, variables: object = {}, headers: Record<string, string> = {}) {
  const { data, errors } = await graphql.ask(query, variables, headers)
  expect(errors).toEqual([])
  return data as unknown as Data
}

async function entries(filter: object = {}): Promise<Entry[]> {
  const { auditLog } = await ask<{ auditLog: { nodes: Entry[] } }>(
    `query ($filter: AuditFilter) { auditLog(filter: $filter, first: 200) { nodes {
       id at actor actorName keyId action objectType objectId objectName changes requestId ip } } }`,
    { filter },
  )
  return auditLog.nodes
}

/** What one operation leaves in the log, oldest first. */
async function entriesOf(query: string, variables: object = {}, headers: Record<string, string> = {}) {
  const requestId = `test-${Math.random()}`
  const data = await ask<never>(query, variables, { ...headers, 'x-request-id': requestId })
  return { data, noted: (await entries({ requestId })).reverse() }
}

const CREATE_RULE = `mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id actions { id } } } }`
const aRule = { name: 'failures', patternType: 'ERROR_CODE', patternValue: '30003' }
const aWebhook = {
  actionType: 'WEBHOOK',
  config: {
    url: 'https://user:pw-canary@hooks.example/x',
    secret: 'a-secret-canary',
    headers: { 'X-Key': 'header-canary' },
  },
}

async function createdRule(actions: object[] = []): Promise<{ id: string; actionId: string }> {
  const { createRule } = await ask<{ createRule: { rule: { id: string; actions: { id: string }[] } } }>(
    CREATE_RULE,
    { input: { ...aRule, actions } },
  )
  return { id: createRule.rule.id, actionId: createRule.rule.actions[0]?.id ?? '' }
}

describe('the audit log', () => {
  it('says who made what, by which request and from where', async () => {
    const { data, noted } = await entriesOf(CREATE_RULE, { input: { ...aRule, actions: [aWebhook] } })
    const { rule } = (data as { createRule: { rule: { id: string; actions: { id: string }[] } } }).createRule
    expect(noted).toMatchObject([
      {
        actor: 'ADMINISTRATOR',
        actorName: 'administrator',
        keyId: null,
        action: 'CREATE',
        objectType: 'RULE',
        objectId: rule.id,
        objectName: 'failures',
        changes: { patternValue: { from: null, to: '30003' } },
        requestId: expect.stringContaining('test-'),
        ip: expect.stringContaining('127.0.0.1'),
      },
      { action: 'CREATE', objectType: 'ACTION', objectId: rule.actions[0]?.id, objectName: 'failures' },
    ])
    expect(Date.parse(noted[0]!.at)).toBeGreaterThan(Date.now() - 60_000)
  })

  it('names the key of whoever has one', async () => {
    const made = await entriesOf(
      `mutation { createApiKey(input: { name: "on-call", scopes: [OPERATE] }) { key apiKey { id } } }`,
    )
    const { key, apiKey } = (made.data as { createApiKey: { key: string; apiKey: { id: string } } })
      .createApiKey
    expect(made.noted).toMatchObject([
      { action: 'CREATE', objectType: 'API_KEY', objectId: apiKey.id, objectName: 'on-call' },
    ])
    expect(JSON.stringify(made.noted)).not.toContain(key)

    const { noted } = await entriesOf(CREATE_RULE, { input: aRule }, { 'x-api-key': key })
    expect(noted).toMatchObject([{ actor: 'KEY', actorName: 'on-call', keyId: apiKey.id }])

    const revoked = await entriesOf(`mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { id } } }`, {
      id: apiKey.id,
    })
    expect(revoked.noted).toMatchObject([{ action: 'REVOKE', objectType: 'API_KEY', objectId: apiKey.id }])
  })

  it('says what a change changed, and nothing else', async () => {
    const { id } = await createdRule()
    const { noted } = await entriesOf(
      `mutation ($id: ID!) { updateRule(id: $id, input: { enabled: false, cooldownMinutes: 5 }) { rule { id } } }`,
      { id },
    )
    expect(noted).toHaveLength(1)
    expect(noted[0]).toMatchObject({ action: 'UPDATE', objectId: id })
    expect(noted[0]?.changes).toEqual({
      enabled: { from: true, to: false },
      cooldownMinutes: { from: 0, to: 5 },
    })
  })

  it('keeps what was deleted', async () => {
    const { id } = await createdRule()
    const { noted } = await entriesOf(`mutation ($id: ID!) { deleteRule(id: $id) { id } }`, { id })
    expect(noted).toMatchObject([
      {
        action: 'DELETE',
        objectId: id,
        objectName: 'failures',
        changes: { patternValue: { from: '30003', to: null } },
      },
    ])
  })

  it('never holds a secret, and still tells that one was changed', async () => {
    const { actionId } = await createdRule([aWebhook])
    const UPDATE = `mutation ($id: ID!, $config: JSON!) { updateAction(id: $id, input: { config: $config }) { action { id } } }`
    const same = { url: aWebhook.config.url, secret: MASK, headers: { 'X-Key': MASK } }
    const kept = await entriesOf(UPDATE, { id: actionId, config: same })
    expect(kept.noted[0]?.changes).toEqual({})
    const changed = await entriesOf(UPDATE, { id: actionId, config: { ...same, secret: 'another-canary' } })
    expect(changed.noted[0]?.changes).toEqual({ 'config.secret': { from: MASK, to: MASK } })
    const everything = await graphql.database.query(`SELECT audit_log::text AS text FROM audit_log`)
    expect(JSON.stringify(everything)).not.toContain('canary')
  })

  it('never holds a whole phone number', async () => {
    const input = { ...aRule, name: 'to +14155552671', patternType: 'REGEX', patternValue: '14155552671' }
    const { noted } = await entriesOf(CREATE_RULE, { input })
    expect(noted[0]).toMatchObject({
      objectName: 'to +1415***2671',
      changes: { patternValue: { to: '1415***2671' } },
    })
    expect(JSON.stringify(noted)).not.toContain('14155552671')
  })

  it('tells of receivers', async () => {
    const { data, noted } = await entriesOf(
      `mutation { createReceiver(input: { name: "billing", secret: "receiver-canary" }) { receiver { id } } }`,
    )
    const { id } = (data as { createReceiver: { receiver: { id: string } } }).createReceiver.receiver
    expect(noted).toMatchObject([
      {
        action: 'CREATE',
        objectType: 'RECEIVER',
        objectId: id,
        objectName: 'billing',
        changes: { secret: { to: MASK } },
      },
    ])
    const UPDATE = `mutation ($id: ID!, $input: UpdateReceiverInput!) { updateReceiver(id: $id, input: $input) { receiver { id } } }`
    const updated = await entriesOf(UPDATE, {
      id,
      input: { secret: 'another receiver-canary', maxBytes: 1_000 },
    })
    expect(updated.noted[0]?.changes).toEqual({
      secret: { from: MASK, to: MASK },
      maxBytes: { from: 65_536, to: 1_000 },
    })
    const deleted = await entriesOf(`mutation ($id: ID!) { deleteReceiver(id: $id) { id } }`, { id })
    expect(deleted.noted).toMatchObject([{ action: 'DELETE', objectName: 'billing' }])
  })

  it('tells of an apply, and of each change that it made', async () => {
    const APPLY = `mutation ($configuration: JSON!, $dryRun: Boolean) {
      applyConfiguration(configuration: $configuration, managedBy: "ops", dryRun: $dryRun) { dryRun } }`
    const configuration = {
      rules: [
        { name: 'filed', pattern_type: 'error_code', pattern_value: '30007', actions: [{ type: 'log' }] },
      ],
      receivers: [{ name: 'filed' }],
    }
    expect((await entriesOf(APPLY, { configuration, dryRun: true })).noted).toEqual([])
    const { noted } = await entriesOf(APPLY, { configuration, dryRun: false })
    expect(noted.map(({ action, objectType }) => `${action} ${objectType}`)).toEqual([
      'CREATE RULE',
      'CREATE ACTION',
      'UPDATE RULE',
      'CREATE RECEIVER',
      'UPDATE RECEIVER',
      'APPLY CONFIGURATION',
    ])
    expect(noted.at(-1)).toMatchObject({
      objectName: 'ops',
      changes: { changes: { to: ['create rule filed', 'create receiver filed'] } },
    })
    expect(
      (await entriesOf(APPLY, { configuration, dryRun: false })).noted.map(({ action }) => action),
    ).toEqual(['APPLY'])
  })

  it('tells of retries by hand', async () => {
    const { noted } = await entriesOf(`mutation { retryFailedDeliveries { count } }`)
    expect(noted).toMatchObject([
      { action: 'RETRY', objectType: 'DELIVERY', objectId: null, changes: { count: { to: 0 } } },
    ])
  })

  it('is written with the change or not at all', async () => {
    const before = (await entries()).length
    const { errors } = await graphql.ask(
      `mutation { updateRule(id: "00000000-0000-4000-8000-000000000000", input: { enabled: false }) { rule { id } } }`,
    )
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    const refused = await graphql.ask(
      `mutation { createReceiver(input: { name: "filed" }) { receiver { id } } }`,
    )
    expect(refused.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }])
    expect((await entries()).length).toBe(before)
  })

  it('is read by pages, and narrowed', async () => {
    const { id } = await createdRule()
    const mine = await entries({
      objectType: ['RULE'],
      objectId: [id],
      action: ['CREATE'],
      actor: ['ADMINISTRATOR'],
    })
    expect(mine).toHaveLength(1)
    expect(await entries({ since: mine[0]!.at, objectId: [id] })).toHaveLength(1)
    expect(await entries({ until: mine[0]!.at, objectId: [id] })).toEqual([])
    const page = `query ($after: String) { auditLog(first: 3, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } totalCount } }`
    const ids: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const {
        auditLog,
      }: { auditLog: { nodes: Entry[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } = await ask(
        page,
        { after },
      )
      ids.push(...auditLog.nodes.map((node) => node.id))
      ;({ endCursor: after, hasNextPage: more } = auditLog.pageInfo)
    }
    expect(ids).toEqual((await entries()).map((entry) => entry.id))
  })

  it('says who sent a test of an action, whatever became of it', async () => {
    const { actionId } = await createdRule([{ actionType: 'LOG', config: {} }])
    const { noted } = await entriesOf('mutation ($id: ID!) { testAction(id: $id) { success } }', {
      id: actionId,
    })
    expect(noted).toMatchObject([
      {
        action: 'TEST',
        objectType: 'ACTION',
        objectId: actionId,
        objectName: 'failures',
        actor: 'ADMINISTRATOR',
      },
    ])
  })

  it.each([
    `UPDATE audit_log SET actor_name = 'nobody'`,
    `UPDATE audit_log SET actor_name = 'nobody' WHERE false`,
    `DELETE FROM audit_log`,
    `TRUNCATE audit_log`,
  ])('is only ever added to: %s is refused', async (statement) => {
    const before = await entries()
    await expect(graphql.database.query(statement)).rejects.toThrow('the audit log can only be added to')
    expect(await entries()).toEqual(before)
  })
})

describe('every answer', () => {
  it('names its request, by the name that the caller gave where that makes sense', async () => {
    const named = async (id?: string) =>
      (
        await graphql.post('{"query":"{ __typename }"}', id === undefined ? {} : { 'x-request-id': id })
      ).headers.get('x-request-id')
    expect(await named('deploy-42')).toBe('deploy-42')
    expect(await named('with spaces and "quotes"')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await named()).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('never holds a whole phone number, however it is written and wherever somebody puts it', async () => {
    const number = '+1 (415) 555-2671'
    const payload = { [number]: { text: '415-555-2671', digits: 14_155_552_671, count: 3 } }
    const actions = [
      {
        actionType: 'WEBHOOK',
        config: { url: 'https://hooks.example/x', payload },
      },
    ]
    const requestId = 'asked-by:415-555-2671'
    await ask(
      CREATE_RULE,
      { input: { ...aRule, name: `VIP ${number}`, description: 'call (415) 555-2671', actions } },
      { 'x-request-id': requestId },
    )
    const noted = await entries({ requestId })
    expect(noted).toHaveLength(2)
    expect(noted.map(({ objectName }) => objectName)).toEqual(['VIP +1415***2671', 'VIP +1415***2671'])
    const rows = await graphql.database.query<{ text: string }>(`SELECT t::text AS text FROM audit_log t`)
    expect(rows.filter(({ text }) => text.replaceAll(/\D/g, '').includes('4155552671'))).toEqual([])
  })
})
