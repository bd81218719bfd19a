import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { settingNames, settingOf } from '../../src/config/settings.js'
import { routes } from '../../src/rest/routes.js'
import { startHttpSink } from '../actions/http-sink.js'
import { runCli } from '../fixtures/cli.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { aJobsDatabase } from '../fixtures/jobs-database.js'
import { addFailures, firstSweep } from '../fixtures/ledger.js'
import { type MongodbWithPassword, mongodbWithPassword } from '../fixtures/mongodb-with-password.js'
import {
  aDirectory,
  endProducts,
  type Product,
  type ProductEnvironment,
  readyProduct,
  startProduct,
  watching,
} from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { wholeOperations } from '../graphql/whole-operations.js'
import { everythingStored } from '../fixtures/everything-stored.js'

vi.setConfig({ testTimeout: 180_000 })

/** In every secret there is; whatever comes out of the product is searched for it. */
const CANARY = 'CANARYx7Qz'
const canary = (what: string) => `${CANARY}-${what}-0123456789`
const patiently = { timeout: 60_000, interval: 100 }

const API_KEY_SID = `SK${'0'.repeat(32)}`
const jobs = process.env.MONGODB_URL === undefined ? null : aJobsDatabase(process.env.MONGODB_URL)
let mongodb: MongodbWithPassword | null = null

let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
let sink: Awaited<ReturnType<typeof startHttpSink>>

beforeAll(async () => {
  sink = await startHttpSink()
  if (jobs) mongodb = await mongodbWithPassword(jobs.url, { user: 'jobs', password: canary('mongodb') })
})
beforeEach(async () => {
  sink.reset()
  // Some receivers say back whatever they were sent.
  sink.answerWith((response, { path, headers, body }) => {
    response.statusCode = path.startsWith('/hook') ? 500 : 200
    response.end(JSON.stringify({ headers, body }))
  })
  twilio = await simulatedTwilio({
    authToken: canary('twilio'),
    apiKeys: { [API_KEY_SID]: canary('twilio-api-secret') },
  })
  database = await aProductDatabase()
})
afterEach(async () => {
  await endProducts()
  await twilio.stop()
  await database.drop()
})
afterAll(async () => {
  await sink.stop()
  await mongodb?.close()
  await jobs?.drop()
})

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

  for (const { text } of wholeOperations('query')) await ask(text)
  expect(said.filter((text) => text.includes('"errors"'))).toEqual([])
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
  for (const path of ['/api/health', '/readyz', '/metrics', '/status/poller', '/api/openapi.json', '/'])
    await hear(path)
  const lists = routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'))
  for (const { path } of lists) {
    await hear(`/api${path}`)
    for (const id of idsIn(said.at(-1) ?? '')) await hear(`/api${path}/${id}`)
  }
  expect(lists.length).toBeGreaterThan(3)
  await hear('/api/rules', { method: 'POST', body: '{"broken' })
  await hear('/webhooks/custom/billing', {
    method: 'POST',
    body: '{}',
    headers: { 'x-receiver-token': 'wrong-token' },
  })
  await hear('/graphql', { method: 'POST', body: '{}', headers: { 'x-api-key': 'wrong' } })
  return said
}

/** The same database, reached with a password that it does not ask for. */
function withPassword({ DATABASE_URL, ...others }: Readonly<Record<string, string>>): Record<string, string> {
  if (DATABASE_URL === undefined) return others
  const url = new URL(DATABASE_URL)
  url.password ||= canary('database')
  return { ...others, DATABASE_URL: url.href }
}

/** Every document of every collection, each with the name of that. */
async function everythingInMongodb(url: string): Promise<string[]> {
  const client = await MongoClient.connect(url)
  try {
    const found: string[] = []
    for (const collection of await client.db().collections())
      for (const document of await collection.find().toArray())
        found.push(`${collection.collectionName} ${JSON.stringify(document)}`)
    return found
  } finally {
    await client.close()
  }
}

const definedOf = (env: ProductEnvironment) => env as Record<string, string>

/** The first ids of what was answered. */
const idsIn = (text: string) => [...text.matchAll(/"id":"([0-9a-f-]{36})"/g)].slice(0, 5).map(([, id]) => id)

/** What every command that only reads prints, for people and for programs; a backup as what is in it. */
async function everythingPrinted(
  url: string,
  env: Readonly<Record<string, string>>,
  dataDir: string,
): Promise<string[]> {
  const printed: string[] = []
  const file = join(aDirectory(), 'backup')
  const commands = [
    ['audit', '--url', url],
    ['export', '--url', url],
    ['keys', 'list', '--url', url],
    ['logs', 'tail', '--url', url, '--last', '1', '--limit', '1'],
    ['doctor'],
    ...(env['DATABASE_URL'] === undefined ? [] : [['backup', file]]),
  ]
  for (const command of commands)
    for (const parameters of [command, [...command, '--json']]) {
      const { out, err } = await runCli(parameters, { cwd: dataDir, env })
      expect(out, parameters.join(' ')).not.toBe('')
      printed.push(out, err)
    }
  if (existsSync(file)) printed.push(gunzipSync(readFileSync(file)).toString('utf8'))
  return printed
}

describe('no secret', () => {
  it('comes out of a start that is refused, where every setting is wrong and holds one', async () => {
    const env = Object.fromEntries(
      settingNames.map((name) => [
        name,
        name.endsWith('_URL') ? `nonsense://user:${canary(name)}@host` : canary(name),
      ]),
    )
    const product = startProduct({
      env: { ...env, DATA_DIR: aDirectory(), LOG_LEVEL: 'nonsense', CONFIG_FILE: undefined },
    })
    expect(await product.ended).toMatchObject({ code: 1 })
    const secret = settingNames.filter((name) => settingOf(name).secret).map(canary)
    expect(secret.length).toBeGreaterThan(8)
    const said = [...product.lines, ...product.errorLines].join('\n')
    expect(said).toContain('LOG_LEVEL')
    expect(secret.filter((text) => said.includes(text))).toEqual([])
  })

  it('comes out of any answer, log line, metric, audit entry or plain column, whatever goes wrong', async () => {
    const dataDir = aDirectory()
    const key = canary('administrator')
    const place = { databaseUrl: database.env['DATABASE_URL'] ?? null, dataDir, demo: false }
    const env = {
      ...definedOf(watching(twilio)),
      TWILIO_API_KEY: API_KEY_SID,
      TWILIO_API_SECRET: canary('twilio-api-secret'),
      ...withPassword(database.env),
      ...(mongodb && { MONGODB_URL: mongodb.url }),
      DATA_DIR: dataDir,
      REDIS_URL: `redis://user:${canary('redis')}@127.0.0.1:59997`,
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
    }
    const product = await readyProduct({ env })
    const webhook = (url: string) => ({
      actionType: 'WEBHOOK',
      config: {
        url: url.replace('http://', `http://user:${canary('password')}@`),
        payload: { routing_key: canary('routing'), text: '{{alert.summary}}' },
        secret: canary('webhook'),
        headers: { Authorization: `Bearer ${canary('header')}`, 'X-Api-Token': canary('token') },
      },
    })
    const actions = [
      webhook(`${sink.url}?token=${canary('query')}`),
      webhook(`http://127.0.0.1:59999/services/T0/B0/${canary('path')}`),
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
    const told = await Promise.all(
      wholeOperations('subscription').map(({ text }) => product.collect<object>(text)),
    )
    addFailures(twilio.world, 2)
    await vi.waitFor(async () => {
      const { owed, all } = await product.graphql<Record<string, { totalCount: number }>>(
        '{ all: deliveries { totalCount } owed: deliveries(filter: { status: [PENDING] }) { totalCount } }',
      )
      expect([all?.totalCount, owed?.totalCount]).toEqual([8, 0])
    }, patiently)
    expect(sink.received.map(({ headers }) => headers.authorization)).toContain(`Bearer ${canary('header')}`)

    const said = await everythingSaid(product, key)
    await vi.waitFor(
      () => expect(told.filter((events) => events.length > 0).length).toBeGreaterThan(2),
      patiently,
    )
    said.push(...told.map((events) => JSON.stringify(events)))
    const printed = await everythingPrinted(product.url, env, dataDir)
    await product.stop()
    const stored = await everythingStored(place)
    expect(stored.length).toBeGreaterThan(50)

    const leaks = (texts: readonly string[], secret: string) => texts.filter((text) => text.includes(secret))
    expect(leaks(said, CANARY)).toEqual([])
    expect(leaks(printed, CANARY)).toEqual([])
    expect(leaks(product.lines, CANARY)).toEqual([])
    expect(leaks(product.errorLines, CANARY)).toEqual([])
    expect(leaks(stored, CANARY)).toEqual([])
    expect(
      leaks(
        [...said, ...printed, ...product.lines, ...stored],
        createApiKey.key.split('_').slice(2).join('_'),
      ),
    ).toEqual([])
  })

  it.skipIf(jobs === null)(
    'comes into any document of the job store (skipped without MONGODB_URL)',
    async () => {
      const product = await readyProduct({
        env: {
          ...definedOf(watching(twilio)),
          ...withPassword(database.env),
          MONGODB_URL: mongodb?.url ?? '',
          API_KEY: canary('administrator'),
          SECRET_KEY: canary('secret-key'),
        },
      })
      const documents: string[] = []
      // Later ones too: what a job leaves when it has run.
      for (let looks = 0; looks < 3; looks++)
        await vi.waitFor(async () => {
          const found = await everythingInMongodb(jobs?.url ?? '')
          expect(found.length).toBeGreaterThan(0)
          documents.push(...found)
        }, patiently)
      await product.stop()
      documents.push(...(await everythingInMongodb(jobs?.url ?? '')))
      expect(mongodb?.accepted).toBeGreaterThan(0)
      const said = [...product.lines, ...product.errorLines]
      expect([...documents, ...said].filter((text) => text.includes(CANARY))).toEqual([])
    },
  )
})
