import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { everythingStored } from '../fixtures/everything-stored.js'
import { firstSweep, sendFailuresTo, settled, storedWhenAsked } from '../fixtures/ledger.js'
import { aDirectory, endProducts, readyProduct, watching } from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'

vi.setConfig({ testTimeout: 180_000 })

const number = '+14155552671'
let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
let sink: Awaited<ReturnType<typeof startHttpSink>>

beforeAll(async () => {
  sink = await startHttpSink()
})
beforeEach(async () => {
  sink.reset()
  // Some receivers say back whatever they were sent.
  sink.answerWith((response, { body }) => void response.end(body))
  twilio = await simulatedTwilio()
  database = await aProductDatabase()
})
afterEach(async () => {
  await endProducts()
  await twilio.stop()
  await database.drop()
})
afterAll(() => sink.stop())

const failed = { to: number, body: 'call (415) 555-2671 back', status: 'undelivered', error_code: 30003 }

describe('erasing a number beside a running product', () => {
  it('leaves no trace of it, though it polls, judges and sends meanwhile, and though Twilio still has it', async () => {
    const dataDir = aDirectory()
    const product = await readyProduct({
      env: { ...watching(twilio), ...database.env, DATA_DIR: dataDir, MASK_NUMBERS: 'false' },
    })
    await sendFailuresTo(product, sink.url)
    await firstSweep(product)
    for (let added = 0; added < 20; added += 1) twilio.world.addMessage(failed)
    await settled(product, 20)
    expect(sink.received.at(-1)?.body).toContain(number)

    const erased = new AbortController()
    const comingIn = (async () => {
      while (!erased.signal.aborted) {
        twilio.world.addMessage(failed)
        await product.graphql(`mutation { pollNow { stored } }`)
      }
    })()
    // How many rows that were is not told apart from those that a poll beside it has taken the number out of already.
    await product.graphql(`mutation { eraseNumber(number: "${number}") { rows } }`)
    erased.abort()
    await comingIn
    expect(await storedWhenAsked(product, () => twilio.world.addMessage(failed))).toBe(1)
    const count = [...twilio.world.records('messages')].length
    await settled(product, count)
    // Once more from the beginning: nothing is new or changed to it.
    expect(await product.graphql(`mutation { pollNow { stored changed } }`)).toEqual({
      pollNow: { stored: 0, changed: 0 },
    })
    const { logs } = await product.graphql<{ logs: { nodes: { toNumber: string }[]; totalCount: number } }>(
      `{ logs(first: 200) { nodes { toNumber } totalCount } }`,
    )
    expect(logs.totalCount).toBe(count)
    expect(new Set(logs.nodes.map(({ toNumber }) => toNumber))).toEqual(new Set(['(erased)']))
    await product.stop()

    const databaseUrl = database.env['DATABASE_URL'] ?? null
    const stored = await everythingStored({ databaseUrl, dataDir, demo: false })
    expect(stored.length).toBeGreaterThan(50)
    expect(stored.filter((row) => row.replaceAll(/[\s().-]/g, '').includes('4155552671'))).toEqual([])
  })
})
