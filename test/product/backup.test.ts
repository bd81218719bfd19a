import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { runCli } from '../fixtures/cli.js'
import { aProductDatabase, aServerDatabase, testServer } from '../fixtures/empty-database.js'
import { everythingStored } from '../fixtures/everything-stored.js'
import { addFailures, expectNothingLostOrDoubled, firstSweep, settled } from '../fixtures/ledger.js'
import { aDirectory, endProducts, type Product, readyProduct, watching } from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'

vi.setConfig({ testTimeout: 240_000 })

interface Place {
  readonly env: Readonly<Record<string, string | undefined>>
  drop(): Promise<void>
}

let twilio: SimulatedTwilio
let sink: Awaited<ReturnType<typeof startHttpSink>>
let places: Place[] = []
beforeEach(async () => {
  twilio = await simulatedTwilio()
  sink = await startHttpSink()
})
afterEach(async () => {
  await endProducts()
  for (const { drop } of places) await drop()
  places = []
  await twilio.stop()
  await sink.stop()
})

/** A database and a data directory of its own. */
async function aPlace(): Promise<Place> {
  const { env, drop } = await aProductDatabase()
  const place = { env: { ...env, ...watching(twilio), DATA_DIR: aDirectory() }, drop }
  places.push(place)
  return place
}

const start = ({ env }: Place): Promise<Product> => readyProduct({ env })
const giftpulse = ({ env }: Place, ...parameters: string[]) => {
  const given = { API_KEY: 'a-key-for-the-tests', SECRET_KEY: 'a secret for the tests', ...env } as Record<
    string,
    string
  >
  return runCli(parameters, { cwd: aDirectory(), env: given })
}

it('a backup goes on elsewhere where it was taken: nothing lost, nothing doubled, its secrets readable', async () => {
  const here = await aPlace()
  const product = await start(here)
  const config = { url: sink.url, headers: { Authorization: 'Bearer a-secret-header' } }
  await product.graphql('mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }', {
    input: {
      name: 'not delivered',
      patternType: 'ERROR_CODE',
      patternValue: '30003',
      actions: [{ actionType: 'WEBHOOK', config }],
    },
  })
  await firstSweep(product)
  addFailures(twilio.world, 5)
  await settled(product, 5)
  // An embedded database belongs to one process at a time.
  if (!('DATABASE_URL' in here.env)) await product.stop()
  const file = join(aDirectory(), 'giftpulse.backup')
  const backup = await giftpulse(here, 'backup', file)
  expect(backup.code).toBe(0)
  expect(backup.out).toMatch(/^Wrote \d+ rows of \d+ tables/)
  expect(backup.out).toContain(`(${twilio.accountSid})`)
  if ('DATABASE_URL' in here.env) await product.stop()

  const there = await aPlace()
  const restored = await giftpulse(there, 'restore', file)
  expect(restored).toMatchObject({ code: 0, out: expect.stringMatching(/^Restored \d+ rows of \d+ tables/) })
  expect((await giftpulse(there, 'restore', file)).err).toMatch(/holds something already/)

  addFailures(twilio.world, 5)
  const after = await start(there)
  await settled(after, 10)
  await expectNothingLostOrDoubled(after, twilio.world, sink.received)
  expect(new Set(sink.received.map(({ headers }) => headers.authorization))).toEqual(
    new Set(['Bearer a-secret-header']),
  )
})

describe('a backup of the wrong database', () => {
  const alone = (dataDir: string, ...parameters: string[]) =>
    runCli(parameters, { cwd: dataDir, env: { DATA_DIR: dataDir } })

  it('is refused where there is none: in a shell without the settings of the product none is made', async () => {
    const dataDir = aDirectory()
    const { code, err } = await alone(dataDir, 'backup', join(dataDir, 'a-backup'))
    expect(code).toBe(1)
    expect(err).toContain(`There is no database in ${join(dataDir, 'postgres')}`)
    expect(existsSync(join(dataDir, 'a-backup'))).toBe(false)
    expect(existsSync(join(dataDir, 'postgres')) || existsSync(join(dataDir, 'demo'))).toBe(false)
  })

  it('is not taken of the demo, or filled from its records, unless that is said; and says whose records they are', async () => {
    const dataDir = aDirectory()
    const product = await readyProduct({ env: { DATA_DIR: dataDir } })
    const file = join(dataDir, 'a-backup')
    expect(await alone(dataDir, 'backup', file, '--demo')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/is in use by process .*\nStop the product first/),
    })
    expect(await alone(dataDir, 'restore', join(dataDir, 'no-such'), '--demo')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/There is no file .*no-such\./),
    })
    expect(await alone(dataDir, 'backup', join(dataDir, 'no-such', 'a-backup'), '--demo')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/There is no folder .*no-such\./),
    })
    await product.stop()
    const unsaid = await alone(dataDir, 'backup', file)
    expect(unsaid.code).toBe(1)
    expect(unsaid.err).toMatch(/Only the demo's is there: add --demo/)

    const said = await alone(dataDir, 'backup', file, '--demo', '--json')
    expect(JSON.parse(said.out)).toMatchObject({
      database: join(dataDir, 'demo', 'postgres'),
      accounts: [expect.stringMatching(/^AC/)],
      rows: { accounts: 1 },
    })
    const mixed = await alone(dataDir, 'restore', file)
    expect(mixed.code).toBe(1)
    expect(mixed.err).toMatch(/It holds the demo, not the records of a real account: add --demo/)
    const rows = await everythingStored({ databaseUrl: null, dataDir, demo: false })
    expect(rows.filter((row) => row.startsWith('public.accounts'))).toEqual([])
  })

  it.skipIf(testServer === undefined)(
    'is refused where the database has no tables of the product',
    async () => {
      const { url, drop } = await aServerDatabase(testServer!)
      places.push({ env: {}, drop })
      const env = { DATABASE_URL: url, API_KEY: 'a-key-for-the-tests', SECRET_KEY: 'a secret for the tests' }
      const cwd = aDirectory()
      const { code, err } = await runCli(['backup', join(cwd, 'a-backup')], { cwd, env })
      expect(code).toBe(1)
      expect(err).toMatch(/The database holds no tables of GiftPulse/)
      expect(err).not.toContain(new URL(url).username + '@')
      expect(existsSync(join(cwd, 'a-backup'))).toBe(false)
    },
  )
})
