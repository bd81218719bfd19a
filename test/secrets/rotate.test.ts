import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { runCli } from '../fixtures/cli.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { everythingStored } from '../fixtures/everything-stored.js'
import { aDirectory, endProducts, type Product, readyProduct, startProduct } from '../fixtures/product.js'

vi.setConfig({ testTimeout: 180_000 })

let database: Awaited<ReturnType<typeof aProductDatabase>>
let sink: Awaited<ReturnType<typeof startHttpSink>>
let dataDir: string
beforeEach(async () => {
  sink = await startHttpSink()
  database = await aProductDatabase()
  dataDir = aDirectory()
})
afterEach(async () => {
  await endProducts()
  await database.drop()
  await sink.stop()
})

/** Nothing is watched: the secrets are all that matters. */
const environment = (keys: Record<string, string | undefined>) => ({
  ...database.env,
  DEMO: database.env['DATABASE_URL'] === undefined ? 'true' : 'false',
  DATA_DIR: dataDir,
  ...keys,
})
const start = (keys: Record<string, string | undefined>) => readyProduct({ env: environment(keys) })
const rotate = (keys: Record<string, string>, ...options: string[]) => {
  const env = { API_KEY: 'a-key-for-the-tests', ...environment(keys) } as Record<string, string>
  return runCli(['secrets', 'rotate', ...options], { cwd: dataDir, env })
}
const stored = async () => {
  const databaseUrl = database.env['DATABASE_URL'] ?? null
  return (await everythingStored({ databaseUrl, dataDir, demo: databaseUrl === null })).join('\n')
}
const keyIds = async () =>
  new Set([...(await stored()).matchAll(/gpsec1\.([\w-]{8})\./g)].map(([, id]) => id))

async function addSecrets(product: Product): Promise<string> {
  const config = { url: sink.url, headers: { Authorization: 'Bearer a-secret-header' }, secret: 'a-secret' }
  const { createRule } = await product.graphql<{ createRule: { rule: { actions: { id: string }[] } } }>(
    `mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { actions { id } } } }`,
    {
      input: {
        name: 'with secrets',
        patternType: 'ERROR_CODE',
        patternValue: '1',
        actions: [{ actionType: 'WEBHOOK', config }],
      },
    },
  )
  await product.graphql(
    `mutation { createReceiver(input: { name: "billing", secret: "receiver-secret", token: "receiver-token" }) { receiver { id } } }`,
  )
  return createRule.rule.actions[0]!.id
}

/** A test of the action really sends; the receiver lets in whoever has its token. */
async function expectSecretsToWork(product: Product, actionId: string): Promise<void> {
  sink.reset()
  await product.graphql(`mutation ($id: ID!) { testAction(id: $id) { success } }`, { id: actionId })
  expect(sink.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer a-secret-header'])
  const { status } = await fetch(`${product.url}/webhooks/custom/billing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-receiver-token': 'receiver-token' },
    body: '{}',
  })
  expect(status).toBe(202)
}

describe('giftpulse secrets rotate', () => {
  it('lets one key take the place of another, both at hand meanwhile, and is run twice without harm', async () => {
    const before = await start({ SECRET_KEY: 'the key of before' })
    const actionId = await addSecrets(before)
    await before.stop()
    const [oldId] = await keyIds()

    const both = { SECRET_KEY: 'the key of after', SECRET_KEY_OLD: 'the key of before' }
    const between = await start(both)
    await expectSecretsToWork(between, actionId)
    await between.stop()

    const { code, out } = await rotate(both)
    expect(code).toBe(0)
    expect(out).toMatch(/: encrypted anew the secrets of 1 actions and 1 receivers\.\n$/)
    const ids = await keyIds()
    expect(ids.size).toBe(1)
    expect(ids).not.toContain(oldId)
    expect((await rotate(both)).out).toMatch(
      /: nothing to do, every secret is encrypted with the newest key\.\n$/,
    )

    const after = await start({ SECRET_KEY: 'the key of after' })
    await expectSecretsToWork(after, actionId)
    const { auditLog } = await after.graphql<{ auditLog: { nodes: object[] } }>(
      `{ auditLog(filter: { action: [ROTATE] }) { nodes { actor objectType changes } } }`,
    )
    const byCli = { actor: 'CLI', objectType: 'SECRETS' }
    expect(auditLog.nodes).toMatchObject([
      { ...byCli, changes: { receivers: { to: 1 }, givenUp: { to: 0 } } },
      { ...byCli, changes: { actions: { to: 1 }, givenUp: { to: 0 } } },
    ])
  })

  it('refuses to start with a wrong key and says what to do; a lost one can be given up', async () => {
    const before = await start({ SECRET_KEY: 'the key that gets lost' })
    const actionId = await addSecrets(before)
    await before.stop()

    const wrong = startProduct({ env: environment({ SECRET_KEY: 'another key' }) })
    expect((await wrong.ended).code).toBe(1)
    expect(wrong.lines.join('\n')).toMatch(
      /SECRET_KEY is not the key with which the secrets of 1 action and 1 receiver were encrypted.*SECRET_KEY_OLD.*giftpulse secrets rotate/,
    )

    const refused = await rotate({ SECRET_KEY: 'another key' })
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/4 secrets are encrypted with another key/)
    expect((await rotate({ SECRET_KEY: 'another key' }, '--give-up-unreadable')).code).toBe(0)

    const after = await start({ SECRET_KEY: 'another key' })
    const { testAction } = await after.graphql<{
      testAction: { success: boolean; result: { code: string } }
    }>(`mutation ($id: ID!) { testAction(id: $id) { success result } }`, { id: actionId })
    expect(testAction).toMatchObject({ success: false, result: { code: 'secret-unreadable' } })
    const config = { url: sink.url, headers: { Authorization: 'Bearer a-secret-header' }, secret: 'another' }
    await after.graphql(
      `mutation ($id: ID!, $config: JSON!) { updateAction(id: $id, input: { config: $config }) { action { id } } }`,
      { id: actionId, config },
    )
    await after.graphql(`mutation ($id: ID!) { testAction(id: $id) { success } }`, { id: actionId })
    expect(sink.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer a-secret-header'])
  })
})

describe('giftpulse secrets rotate, where the installation has made its key for itself', () => {
  beforeEach(() => {
    database = { env: {}, drop: database.drop }
  })
  const startOn = (demo: boolean) => start({ SECRET_KEY: undefined, DEMO: String(demo) })

  it('gives a new one to the real database and to that of the demo, whichever the settings at hand name', async () => {
    const actionIds = new Map<boolean, string>()
    for (const demo of [false, true]) {
      const before = await startOn(demo)
      actionIds.set(demo, await addSecrets(before))
      const busy = await rotate({})
      expect(busy.code).toBe(1)
      expect(busy.err).toMatch(/in use/)
      await before.stop()
    }
    const path = join(dataDir, 'secret-key')
    const oldKey = readFileSync(path, 'utf8')

    const { code, out } = await rotate({ DEMO: 'true' })
    expect(code).toBe(0)
    expect(out.match(/the secrets of 1 actions and 1 receivers/g)).toHaveLength(2)
    expect(readFileSync(path, 'utf8')).not.toBe(oldKey)
    expect(existsSync(`${path}.old`)).toBe(false)
    for (const demo of [false, true]) {
      const after = await startOn(demo)
      await expectSecretsToWork(after, actionIds.get(demo)!)
      await after.stop()
    }
  })

  it('touches nothing where there is no database: neither makes one nor another key', async () => {
    const { code, err } = await rotate({})
    expect(code).toBe(1)
    expect(err).toMatch(/There is no database in/)
    expect(existsSync(join(dataDir, 'postgres')) || existsSync(join(dataDir, 'demo'))).toBe(false)
    expect(existsSync(join(dataDir, 'secret-key'))).toBe(false)
  })
})
