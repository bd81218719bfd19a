import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { aServerDatabase, type ServerDatabase, testServer } from '../fixtures/empty-database.js'
import { aJobsDatabase } from '../fixtures/jobs-database.js'
import {
  addFailures,
  expectNothingLostOrDoubled,
  firstSweep,
  sendFailuresTo,
  settled,
  storedWhenAsked,
} from '../fixtures/ledger.js'
import {
  endProducts,
  type Product,
  type ProductEnvironment,
  readyProduct,
  watching,
} from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'

vi.setConfig({ testTimeout: 240_000 })

const mongodb = process.env.MONGODB_URL
const redis = process.env.TEST_REDIS_URL

interface LogAdded {
  readonly logAdded: { readonly log: { readonly twilioSid: string } }
}
const logAdded = 'subscription ($after: String) { logAdded(after: $after) { log { twilioSid } } }'
const alertTriggered =
  'subscription ($after: String) { alertTriggered(after: $after) { alert { log { twilioSid } } } }'

describe.skipIf(!testServer)('two processes on one database (skipped without TEST_DATABASE_URL)', () => {
  let twilio: SimulatedTwilio
  let sink: Awaited<ReturnType<typeof startHttpSink>>
  let database: ServerDatabase
  const jobs = mongodb ? aJobsDatabase(mongodb) : null
  beforeAll(async () => {
    sink = await startHttpSink()
  })
  beforeEach(async () => {
    twilio = await simulatedTwilio()
    database = await aServerDatabase(testServer ?? '')
    sink.reset()
  })
  afterEach(async () => {
    await endProducts()
    await twilio.stop()
    await database.drop()
  })
  afterAll(async () => {
    await sink.stop()
    await jobs?.drop()
  })

  function start(env: ProductEnvironment): Promise<Product> {
    return readyProduct({
      env: { ...watching(twilio), DATABASE_URL: database.url, STORM_MAX_PER_MINUTE: '0', ...env },
    })
  }

  /** Failures arrive by the dozen while everything runs. */
  async function letArrive(count: number): Promise<void> {
    for (let added = 0; added < count; added += 50) {
      addFailures(twilio.world, 50)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  /** How often the head of a list was asked for: once for each poll of it. */
  const polls = (source: string) =>
    twilio.requests.entries.filter(
      ({ route, query }) => route?.source === source && route.sid === null && !query.has('PageToken'),
    ).length

  async function expectEveryPollOnce(seconds: number): Promise<void> {
    // A source counts as due a tenth of its interval early; the polls at both edges of the time come on top.
    const most = Math.ceil(seconds / 0.9) + 1
    for (const source of ['calls', 'messages', 'alerts'])
      expect(polls(source), source).toBeLessThanOrEqual(most)
    expect(twilio.requests.peakConcurrency).toBeLessThanOrEqual(2)
  }

  it('start at once, and do everything once for 1,000 logs that arrive meanwhile', async () => {
    const env = {
      ...(jobs === null ? {} : { MONGODB_URL: jobs.url }),
      ...(redis ? { REDIS_URL: redis } : {}),
    }
    const [one, other] = await Promise.all([start(env), start(env)])
    await sendFailuresTo(one, sink.url)
    await firstSweep(other)
    const events = await Promise.all([one, other].map((product) => product.collect<LogAdded>(logAdded)))

    twilio.requests.clear()
    const begun = performance.now()
    await letArrive(1_000)
    await settled(other, 1_000, 120_000)
    await expectEveryPollOnce((performance.now() - begun) / 1_000)
    await expectNothingLostOrDoubled(one, twilio.world, sink.received)
    // Nobody died, so nobody had a reason to send anything twice.
    expect(sink.received).toHaveLength(1_000)

    const sids = [...twilio.world.records('messages')].map(({ sid }) => sid).sort()
    for (const seen of events) {
      await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(1_000)
      expect(seen.map((event) => event.logAdded.log.twilioSid).sort()).toEqual(sids)
    }
    for (const product of [one, other]) expect(await product.stop()).toEqual({ code: 0, signal: null })
  })

  it('share the work as api and worker, and tell each other without Redis', async () => {
    const [api, worker] = await Promise.all([start({ ROLE: 'api' }), start({ ROLE: 'worker' })])
    await sendFailuresTo(api, sink.url)
    await firstSweep(api)
    const logs = await api.collect<LogAdded>(logAdded)
    const alerts = await api.collect(alertTriggered)
    await letArrive(200)
    await expect.poll(() => [logs.length, alerts.length], { timeout: 60_000 }).toEqual([200, 200])
    await settled(api, 200)
    await expectNothingLostOrDoubled(api, twilio.world, sink.received)

    // What a person asks for at the api process is done by the other one.
    expect(await storedWhenAsked(api, () => addFailures(twilio.world, 1))).toBe(1)
    await settled(worker, twilio.world.records('messages').length)
    expect(await worker.stop()).toEqual({ code: 0, signal: null })

    // Without a worker it answers, but nothing is polled by itself.
    twilio.requests.clear()
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(twilio.requests.entries).toEqual([])
    expect(await api.status('/readyz')).toBe(200)
    expect(await api.stop()).toEqual({ code: 0, signal: null })
  })
})
