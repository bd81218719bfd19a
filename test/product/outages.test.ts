import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { aServerDatabase, type ServerDatabase, testServer } from '../fixtures/empty-database.js'
import {
  addFailures,
  expectNothingLostOrDoubled,
  firstSweep,
  sendFailuresTo,
  settled,
} from '../fixtures/ledger.js'
import {
  endProducts,
  type Product,
  type ProductEnvironment,
  readyProduct,
  watching,
} from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { startTcpProxy, type TcpProxy } from '../fixtures/tcp-proxy.js'

vi.setConfig({ testTimeout: 240_000 })

const mongodb = process.env.MONGODB_URL
const redis = process.env.TEST_REDIS_URL
const patiently = { timeout: 60_000, interval: 100 }
/** What was dropped is made again by a new connection, of which there is one in 40 seconds at most. */
const untilItConnectsAnew = { timeout: 100_000, interval: 100 }

let twilio: SimulatedTwilio
let sink: Awaited<ReturnType<typeof startHttpSink>>
let database: ServerDatabase
let proxy: TcpProxy | null = null

describe.skipIf(!testServer)('while a service is away (skipped without TEST_DATABASE_URL)', () => {
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
    await proxy?.close()
    proxy = null
    await twilio.stop()
    await database.drop()
  })
  afterAll(() => sink.stop())

  /** A product that has read everything once and sends each failure to the sink. */
  async function start(env: ProductEnvironment = {}): Promise<Product> {
    const product = await readyProduct({ env: { ...watching(twilio), DATABASE_URL: database.url, ...env } })
    await sendFailuresTo(product, sink.url)
    await firstSweep(product)
    return product
  }

  let owed = 0
  beforeEach(() => void (owed = 0))
  /** New failures are still read, judged and delivered. */
  async function expectWorkGoesOn(product: Product): Promise<void> {
    addFailures(twilio.world, 10)
    await settled(product, (owed += 10))
  }

  const trouble = async (product: Product) => {
    const { health } = await product.graphql<{ health: { status: string; messages: string[] } }>(
      '{ health { status messages } }',
    )
    return health.status === 'ok' ? '' : health.messages.join(' ')
  }

  /** Nothing was lost, nothing went unhandled, and no message filled the log. */
  async function expectAllWell(product: Product): Promise<void> {
    await expectNothingLostOrDoubled(product, twilio.world, sink.received)
    expect(await product.stop()).toEqual({ code: 0, signal: null })
    expect(product.logged('something failed that nobody waited for')).toEqual([])
    expect(product.errorLines).toEqual([])
    expectQuietLog(product)
  }

  /** The recurring jobs in Postgres, and what keeps each of them from being there twice. */
  const jobsInPostgres = async () => ({
    recurring: await database.query(`SELECT name FROM agenda_jobs WHERE type = 'single' ORDER BY name`),
    indexes: await database.query(
      `SELECT indexdef FROM pg_indexes WHERE tablename = 'agenda_jobs' ORDER BY indexname`,
    ),
  })

  it.each(['TRUNCATE', 'DROP TABLE'])(
    'deliveries go on without the jobs in Postgres after %s, and these come back by themselves',
    async (wipe) => {
      const product = await start()
      await expect.poll(jobsInPostgres, patiently).toMatchObject({ recurring: { length: 5 } })
      const before = await jobsInPostgres()
      await database.query(`${wipe} agenda_jobs`)
      await expectWorkGoesOn(product)
      await expect.poll(jobsInPostgres, untilItConnectsAnew).toEqual(before)
      await expect.poll(() => trouble(product), patiently).toBe('')
      await expectWorkGoesOn(product)
      await expectAllWell(product)
    },
  )

  it.skipIf(!mongodb)(
    'MongoDB cut off, frozen and wiped is done without, and used again (skipped without MONGODB_URL)',
    async () => {
      proxy = await startTcpProxy(mongodb ?? '')
      const jobsUrl = new URL(proxy.url)
      jobsUrl.pathname = `/giftpulse_test_${randomBytes(6).toString('hex')}`
      const product = await start({ MONGODB_URL: jobsUrl.href })
      await expect.poll(() => trouble(product), patiently).toBe('')
      for (const fault of ['cut', 'freeze'] as const) {
        proxy[fault]()
        await expectWorkGoesOn(product)
        await expect.poll(() => trouble(product), patiently).toContain('job store (mongodb) is away')
        await expectWorkGoesOn(product)
        expect(await product.status('/readyz')).toBe(200)
        proxy.restore()
        await expect.poll(() => trouble(product), patiently).toBe('')
      }

      const client = await MongoClient.connect(jobsUrl.href)
      try {
        const jobs = client.db().collection('agendaJobs')
        await client.db().dropDatabase()
        await expectWorkGoesOn(product)
        await expect.poll(() => jobs.countDocuments({ type: 'single' }), patiently).toBe(5)
        // Without it two processes could each add every recurring job.
        const indexes = async () => (await jobs.indexes()).map(({ name }) => name)
        await expect.poll(indexes, untilItConnectsAnew).toContain('one_recurring_job_per_name')
        await expect.poll(() => trouble(product), patiently).toBe('')
        await expectWorkGoesOn(product)
        await expectAllWell(product)
        await client.db().dropDatabase()
      } finally {
        await client.close()
      }
    },
  )

  it.skipIf(!redis)(
    'Redis cut off and frozen is done without, and used again (skipped without TEST_REDIS_URL)',
    async () => {
      proxy = await startTcpProxy(redis ?? '')
      const product = await start({ REDIS_URL: proxy.url })
      await expect.poll(() => trouble(product), patiently).toBe('')
      proxy.freeze()
      await expectWorkGoesOn(product)
      proxy.cut()
      await expectWorkGoesOn(product)
      await expect.poll(() => trouble(product), patiently).toContain('Redis')
      expect(await product.status('/readyz')).toBe(200)
      proxy.restore()
      await expect.poll(() => trouble(product), patiently).toBe('')
      await expectWorkGoesOn(product)
      await expectAllWell(product)
    },
  )

  it('what fails in many operations at once is told in one line a second, which counts them', async () => {
    const product = await start()
    await database.query('ALTER TABLE audit_log RENAME COLUMN actor TO gone')
    const audit = () => product.graphql('{ auditLog { nodes { id } } }')
    const asked = await Promise.allSettled(Array.from({ length: 50 }, audit))
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set(['rejected']))
    await product.stop()
    const told = product.logged('an operation failed')
    expect(told.length).toBeLessThan(50)
    expect(told.reduce((sum, { leftOut }) => sum + 1 + Number(leftOut ?? 0), 0)).toBe(50)
    expectQuietLog(product)
  })

  it('Postgres cut off and frozen is waited for, and nothing is lost', async () => {
    proxy = await startTcpProxy(database.url)
    const product = await start({ DATABASE_URL: proxy.url })
    const health: number[] = []
    // Where nothing answers there is no status.
    const look = async () => void health.push(await product.status('/livez').catch(() => 0))
    const watch = setInterval(() => void look(), 100)
    try {
      for (const fault of ['cut', 'freeze'] as const) {
        addFailures(twilio.world, 20)
        const reached = sink.received.length
        await expect.poll(() => sink.received.length, patiently).toBeGreaterThan(reached)
        proxy[fault]()
        await expect.poll(() => product.status('/readyz'), patiently).toBe(503)
        addFailures(twilio.world, 10)
        // Long enough for the pools to give up and try again.
        await new Promise((resolve) => setTimeout(resolve, 4_000))
        expect(await product.status('/readyz')).toBe(503)
        // Who asks meanwhile is told so, and does not wait for its return.
        await expect(product.graphql('{ rules { id } }')).rejects.toThrow('GraphQL refused')
        proxy.restore()
        await expect.poll(() => product.status('/readyz'), patiently).toBe(200)
        await settled(product, (owed += 30))
      }
    } finally {
      clearInterval(watch)
    }
    expect(new Set(health)).toEqual(new Set([200]))
    await expectAllWell(product)
  })
})

/** Whatever repeats itself is written once a second at most. */
function expectQuietLog(product: Product): void {
  const times = new Map<string, number[]>()
  for (const line of product.lines) {
    if (!line.startsWith('{')) continue
    const { level, msg, time } = JSON.parse(line) as { level: string; msg: string; time: string }
    if (level === 'info') continue
    times.set(msg, [...(times.get(msg) ?? []), Date.parse(time)])
  }
  for (const [message, at] of times) {
    const seconds = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1_000
    expect(at.length, message).toBeLessThanOrEqual(Math.ceil(seconds) + 1)
  }
}
