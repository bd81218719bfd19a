import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { aProductDatabase, aServerDatabase, testServer } from '../fixtures/empty-database.js'
import { firstSweep } from '../fixtures/ledger.js'
import { endProducts, type Product, productKey, readyProduct, watching } from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { heldUntil, unauthorized } from '../fixtures/twilio-faults.js'

vi.setConfig({ testTimeout: 240_000 })

const patiently = { timeout: 60_000, interval: 100 }
let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
let sink: Awaited<ReturnType<typeof startHttpSink>>

beforeAll(async () => {
  sink = await startHttpSink()
})
beforeEach(async () => {
  sink.reset()
  twilio = await simulatedTwilio()
  database = await aProductDatabase()
})
afterEach(async () => {
  await endProducts()
  await twilio.stop()
  await database.drop()
})
afterAll(() => sink.stop())

const CREATE = `mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }`
const received = (path: string) => sink.received.filter((one) => one.path === path)

describe('a product that watches itself', () => {
  it.skipIf(!testServer)('blames nobody for the time in which it did not run', async () => {
    const own = await aServerDatabase(testServer ?? '')
    const env = { ...watching(twilio), DATABASE_URL: own.url }
    try {
      const first = await readyProduct({ env })
      await firstSweep(first)
      await first.stop()
      await own.query(
        `UPDATE accounts SET watched_at = watched_at - interval '2 minutes', watched_since = watched_since - interval '1 hour'`,
      )
      await own.query(`UPDATE poll_cursors SET last_success_at = last_success_at - interval '1 hour'`)
      twilio.faults.next(heldUntil(new Promise(() => undefined)), { times: Infinity })
      const second = await readyProduct({ env: { ...env, POLL_INTERVAL_SECONDS: '300' } })
      expect(await second.graphql('{ health { status messages } }')).toEqual({
        health: { status: 'ok', messages: [] },
      })
    } finally {
      await endProducts()
      await own.drop()
    }
  })

  it('gives one notice when the credentials are refused, one when they are taken again, and stops its heartbeat between', async () => {
    const heartbeat = `http://127.0.0.1:${sink.port}/heartbeat`
    const product = await readyProduct({
      env: { ...watching(twilio), ...database.env, HEARTBEAT_URL: heartbeat },
    })
    const actions = [{ actionType: 'WEBHOOK', config: { url: sink.url } }]
    const input = {
      name: 'GiftPulse itself',
      patternType: 'SYSTEM',
      patternValue: 'SOURCE_STALE,CREDENTIALS_REFUSED',
      actions,
    }
    await product.graphql(CREATE, { input })
    await firstSweep(product)
    await vi.waitFor(() => expect(received('/heartbeat')).not.toEqual([]), patiently)
    expect(received('/heartbeat')[0]?.method).toBe('GET')

    twilio.faults.next(unauthorized, { times: Infinity })
    await vi.waitFor(() => expect(received('/hook')).toHaveLength(1), patiently)
    expect(JSON.parse(received('/hook')[0]!.body)).toMatchObject({
      type: 'alert.triggered',
      text: expect.stringMatching(/^GiftPulse itself: GiftPulse cannot read AC.*refused the credentials/),
      data: { alert: { state: 'FIRING', logId: null }, log: null },
    })
    const beats = received('/heartbeat').length

    twilio.faults.clear()
    await vi.waitFor(() => expect(received('/hook')).toHaveLength(2), patiently)
    expect(JSON.parse(received('/hook')[1]!.body)).toMatchObject({
      type: 'alert.resolved',
      text: expect.stringMatching(/^Resolved: GiftPulse itself/),
      data: { alert: { state: 'RESOLVED' } },
    })
    const { alerts } = await product.graphql<{ alerts: { nodes: { state: string }[] } }>(
      '{ alerts { nodes { state } } }',
    )
    expect(alerts.nodes).toEqual([{ state: 'RESOLVED' }])
    await vi.waitFor(() => expect(received('/heartbeat').length).toBeGreaterThan(beats), patiently)
  })
})

describe.skipIf(!testServer)('two processes on one database (skipped without TEST_DATABASE_URL)', () => {
  it('give one notice of a list that grew stale and one of its end, whichever of them is started anew', async () => {
    const shared = await aServerDatabase(testServer ?? '')
    const start = (): Promise<Product> =>
      readyProduct({ env: { ...watching(twilio), DATABASE_URL: shared.url } })
    const told = () => received('/hook').map(({ body }) => (JSON.parse(body) as { type: string }).type)
    const looksOf = async ({ url }: Product): Promise<number> => {
      const text = await (await fetch(`${url}/metrics`)).text()
      return Number(/^giftpulse_self_checks_total (\d+)$/m.exec(text)?.[1])
    }
    /** The first look that ends may have begun before: the second has seen, in each process, whatever there is now. */
    const untilEachLooked = async (...processes: Product[]) => {
      const before = await Promise.all(processes.map(looksOf))
      await vi.waitFor(async () => {
        const now = await Promise.all(processes.map(looksOf))
        expect(now.map((looks, index) => looks - before[index]!).every((more) => more >= 2)).toBe(true)
      }, patiently)
    }
    try {
      const [one, other] = await Promise.all([start(), start()])
      const actions = [{ actionType: 'WEBHOOK', config: { url: sink.url } }]
      const input = { name: 'itself', patternType: 'SYSTEM', patternValue: 'SOURCE_STALE', actions }
      await one.graphql(CREATE, { input })
      await firstSweep(one)

      // Nobody answers any more, and what would take minutes has passed.
      let answerAgain: () => void = () => undefined
      const answering = new Promise<void>((resolve) => (answerAgain = resolve))
      twilio.faults.next(heldUntil(answering), { times: Infinity })
      await vi.waitFor(async () => {
        // A poll that was on its way may still end well, and whoever watches may say so for the first time.
        await shared.query(`UPDATE accounts SET watched_since = now() - interval '1 hour'`)
        await shared.query(`UPDATE poll_cursors SET last_success_at = now() - interval '10 minutes'`)
        expect(told()).toEqual(['alert.triggered'])
      }, patiently)
      await untilEachLooked(one, other)
      const readiness = await fetch(`${one.url}/readyz`, { headers: { 'x-api-key': productKey } })
      expect(readiness.status).toBe(200)
      expect(await readiness.json()).toMatchObject({
        status: 'degraded',
        reasons: expect.arrayContaining([expect.stringContaining('last read to their end')]),
      })
      await other.stop()
      const another = await start()
      await untilEachLooked(one, another)
      expect(told()).toEqual(['alert.triggered'])

      twilio.faults.clear()
      answerAgain()
      await vi.waitFor(() => expect(told()).toEqual(['alert.triggered', 'alert.resolved']), patiently)
      await untilEachLooked(one, another)
      expect(told()).toEqual(['alert.triggered', 'alert.resolved'])
      const { alerts } = await one.graphql<{ alerts: { nodes: { state: string }[] } }>(
        '{ alerts { nodes { state } } }',
      )
      expect(alerts.nodes).toEqual([{ state: 'RESOLVED' }])
    } finally {
      await endProducts()
      await shared.drop()
    }
  })
})
