import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { runCli } from '../fixtures/cli.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
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
  expect(backup).toMatchObject({ code: 0, out: expect.stringMatching(/^Wrote \d+ rows of \d+ tables/) })
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
