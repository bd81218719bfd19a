import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { addFailures, firstSweep } from '../fixtures/ledger.js'
import { aDirectory, endProducts, type Product, readyProduct, watching } from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { everythingStored } from '../fixtures/everything-stored.js'

vi.setConfig({ testTimeout: 180_000 })

/** In every secret there is; whatever comes out of the product is searched for it. */
const CANARY = 'CANARYx7Qz'
const canary = (what: string) => `${CANARY}-${what}-0123456789`
const patiently = { timeout: 60_000, interval: 100 }

let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
let sink: Awaited<ReturnType<typeof startHttpSink>>

beforeAll(async () => {
  sink = await startHttpSink()
})
beforeEach(async () => {
  sink.reset()
  // Some receivers say back whatever they were sent.
  sink.answerWith((response, { path, headers, body }) => {
    response.statusCode = path === '/hook' ? 500 : 200
    response.end(JSON.stringify({ headers, body }))
  })
  twilio = await simulatedTwilio({ authToken: canary('twilio') })
  database = await aProductDatabase()
})
afterEach(async () => {
  await endProducts()
  await twilio.stop()
  await database.drop()
})
afterAll(() => sink.stop())

/** Everything that somebody with the administrator's key can make it say. */
async function everythingSaid(product: Product, key: string): Promise<string[]> {
  const said: string[] = []
  const hear = async (path: string, init: RequestInit = {}) => {
    const headers = { 'x-api-key': key, 'content-type': 'application/json', ...init.headers }
    const response = await fetch(product.url + path, { ...init, headers })
    said.push(`${path}: ${JSON.stringify([...response.headers])} ${await response.text()}`)
  }
  const ask = (query: string, variables: object = {}) =>
    hear('/graphql', { method: 'POST', body: JSON.stringify({ query, variables }) })

  await ask('{ rules { id name actions { id actionType config } } actions { config } configuration }')
  await ask(
    '{ settings { name value origin isSecret } health { messages sources { error } } viewer { name } apiKeys { id name hint } }',
  )
  await ask(
    '{ deliveries { nodes { status actionResult attempts { error response statusCode } action { config } alert { summary } } } }',
  )
  await ask('{ receivers { id name url hasSecret hasToken } received { nodes { body error } } }')
  await ask('{ auditLog(first: 200) { nodes { actorName objectName changes } } }')
  await ask('{ logs { nodes { rawData errorMessage } } alerts { nodes { summary } } }')
  const { actions } = await product.graphql<{ actions: { id: string }[] }>('{ actions { id } }')
  for (const { id } of actions) {
    await ask('mutation ($id: ID!) { testAction(id: $id) { success result } }', { id })
    await ask(
      'mutation ($id: ID!) { updateAction(id: $id, input: { config: { nonsense: 1 } }) { action { id } } }',
      { id },
    )
  }
  await ask('{ nonsense }')
  await ask(
    'mutation { createRule(input: { name: "", patternType: REGEX, patternValue: "(" }) { rule { id } } }',
  )
  for (const path of [
    '/api/rules',
    '/api/actions',
    '/api/alerts',
    '/api/logs',
    '/api/health',
    '/metrics',
    '/status/poller',
  ])
    await hear(path)
  await hear('/api/rules', { method: 'POST', body: '{"broken' })
  await hear('/webhooks/custom/billing', {
    method: 'POST',
    body: '{}',
    headers: { 'x-receiver-token': 'wrong-token' },
  })
  await hear('/graphql', { method: 'POST', body: '{}', headers: { 'x-api-key': 'wrong' } })
  return said
}

describe('no secret', () => {
  it('comes out of any answer, log line, metric, audit entry or plain column, whatever goes wrong', async () => {
    const dataDir = aDirectory()
    const key = canary('administrator')
    const place = { databaseUrl: database.env['DATABASE_URL'] ?? null, dataDir, demo: false }
    const product = await readyProduct({
      env: {
        ...watching(twilio),
        ...database.env,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'trace',
        API_KEY: key,
        SECRET_KEY: canary('secret-key'),
        SECRET_KEY_OLD: canary('old-secret-key'),
        HEARTBEAT_URL: `http://127.0.0.1:${sink.port}/heartbeat/${canary('heartbeat')}`,
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: '59998',
        SMTP_USER: 'mailer',
        SMTP_PASSWORD: canary('smtp'),
        RETRY_ATTEMPTS: '1',
        WEBHOOK_RETRY_ATTEMPTS: '1',
      },
    })
    const webhook = (url: string) => ({
      actionType: 'WEBHOOK',
      config: {
        url: url.replace('http://', `http://user:${canary('password')}@`),
        secret: canary('webhook'),
        headers: { Authorization: `Bearer ${canary('header')}`, 'X-Api-Token': canary('token') },
      },
    })
    const actions = [
      webhook(sink.url),
      webhook('http://127.0.0.1:59999/'),
      { actionType: 'EMAIL', config: { recipients: ['ops@example.com'] } },
      { actionType: 'LOG', config: {} },
    ]
    await product.graphql(
      'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
      {
        input: { name: 'not delivered', patternType: 'ERROR_CODE', patternValue: '30003', actions },
      },
    )
    await product.graphql(
      'mutation ($input: CreateReceiverInput!) { createReceiver(input: $input) { receiver { id } } }',
      {
        input: { name: 'billing', secret: canary('receiver'), token: canary('receiver-token') },
      },
    )
    const { createApiKey } = await product.graphql<{ createApiKey: { key: string } }>(
      'mutation { createApiKey(input: { name: "reader", scopes: [READ] }) { key } }',
    )
    await fetch(`${product.url}/webhooks/custom/billing`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-receiver-token': canary('receiver-token') },
      body: '{"id":"1"}',
    })
    await firstSweep(product)
    addFailures(twilio.world, 2)
    await vi.waitFor(async () => {
      const { owed, all } = await product.graphql<Record<string, { totalCount: number }>>(
        '{ all: deliveries { totalCount } owed: deliveries(filter: { status: [PENDING] }) { totalCount } }',
      )
      expect([all?.totalCount, owed?.totalCount]).toEqual([8, 0])
    }, patiently)
    expect(sink.received.map(({ headers }) => headers.authorization)).toContain(`Bearer ${canary('header')}`)

    const said = await everythingSaid(product, key)
    await product.stop()
    const stored = await everythingStored(place)
    expect(stored.length).toBeGreaterThan(50)

    const leaks = (texts: readonly string[], secret: string) => texts.filter((text) => text.includes(secret))
    expect(leaks(said, CANARY)).toEqual([])
    expect(leaks(product.lines, CANARY)).toEqual([])
    expect(leaks(product.errorLines, CANARY)).toEqual([])
    expect(leaks(stored, CANARY)).toEqual([])
    expect(
      leaks([...said, ...product.lines, ...stored], createApiKey.key.split('_').slice(2).join('_')),
    ).toEqual([])
  })
})
