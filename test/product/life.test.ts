import { readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { aServerDatabase, testServer } from '../fixtures/empty-database.js'
import {
  addFailures,
  expectNothingLostOrDoubled,
  firstSweep,
  sendFailuresTo,
  settled,
} from '../fixtures/ledger.js'
import {
  aDirectory,
  endProducts,
  type Product,
  productKey,
  readyProduct,
  startProduct,
  watching,
} from '../fixtures/product.js'
import { simulatedTwilio } from '../fixtures/simulated-twilio.js'

/** Not a test of the demo: no account is watched and nothing moves. */
const idle = { DEMO: 'false' }

/** How many logs lie between these two moments by their own timestamps, in milliseconds. */
async function logsBetween(product: Product, since: number, until: number): Promise<number> {
  const [from, to] = [since, until].map((at) => new Date(at).toISOString())
  const { logs } = await product.graphql<{ logs: { totalCount: number } }>(
    'query ($from: DateTime, $to: DateTime) { logs(first: 1, filter: { since: $from, until: $to }) { totalCount } }',
    { from, to },
  )
  return logs.totalCount
}

/** Of all that is owed for the alerts there are. */
async function deliveryStatuses(product: Product): Promise<string[]> {
  const { alerts } = await product.graphql<{ alerts: { nodes: { deliveries: { status: string }[] }[] } }>(
    '{ alerts { nodes { deliveries { status } } } }',
  )
  return alerts.nodes.flatMap(({ deliveries }) => deliveries.map(({ status }) => status))
}

// Each test starts the whole product, some again and again.
vi.setConfig({ testTimeout: 180_000 })
afterEach(endProducts)

describe('the first start', () => {
  it('needs no settings, makes its keys, prints the address with the key once; the demo moves within 10 s and delivers an alert within a minute', async () => {
    const env = { DATA_DIR: aDirectory(), API_KEY: undefined, SECRET_KEY: undefined }
    const first = await readyProduct({ env })
    const readyAt = Date.now()
    const key = readFileSync(join(env.DATA_DIR, 'api-key'), 'utf8').trim()
    expect(first.lines.filter((line) => line.includes(key))).toEqual([`Open ${first.url}/#key=${key}`])
    expect(await first.graphql('{ health { status database demo } rules { name } }')).toEqual({
      health: { status: 'ok', database: 'embedded', demo: true },
      rules: Array.from({ length: 3 }, () => ({ name: expect.stringMatching(/^DEMO/) as string })),
    })
    // When it moved is told by what it shows, however late a busy machine gets to see that.
    await expect
      .poll(() => logsBetween(first, readyAt + 1, readyAt + 10_000), { timeout: 60_000 })
      .toBeGreaterThan(0)
    await expect
      .poll(() => deliveryStatuses(first), { timeout: readyAt + 60_000 - Date.now() })
      .toContain('DELIVERED')
    expect(await first.stop()).toEqual({ code: 0, signal: null })

    const second = await readyProduct({ env, key })
    expect([...second.lines, ...second.errorLines].filter((line) => line.includes(key))).toEqual([])
    const keyFile = join(env.DATA_DIR, 'api-key')
    expect(second.lines).toContainEqual(`Open ${second.url}/ (the key is in ${keyFile})`)
    expect(await second.graphql('{ rules { name } }')).toMatchObject({ rules: { length: 3 } })
    expect(readdirSync(env.DATA_DIR).sort()).toEqual(['api-key', 'demo', 'owners', 'secret-key'])
  })
})

describe('a refused start', () => {
  it('leaves the address with the key to the next one, which gets as far as showing it', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const env = { ...idle, DATA_DIR: aDirectory(), API_KEY: undefined, SECRET_KEY: undefined }
    try {
      const { port } = other.address() as AddressInfo
      const refused = startProduct({ env: { ...env, API_PORT: String(port) } })
      expect(await refused.ended).toEqual({ code: 1, signal: null })
      expect(readdirSync(env.DATA_DIR)).toContain('api-key')
    } finally {
      await new Promise((resolve) => other.close(resolve))
    }
    const key = readFileSync(join(env.DATA_DIR, 'api-key'), 'utf8').trim()
    const next = await readyProduct({ env, key })
    expect(next.lines).toContain(`Open ${next.url}/#key=${key}`)
  })

  it('ends with 1 and lists every fault of the configuration, secrets hidden', async () => {
    const product = startProduct({
      env: { API_PORT: 'eighty', POLL_INTERVAL_SECONDS: '0', API_KEY: 'short', ROLE: 'worker' },
    })
    expect(await product.ended).toEqual({ code: 1, signal: null })
    const message = product.errorLines.join('\n')
    expect(message).toContain('4 faults')
    for (const name of ['API_PORT', 'POLL_INTERVAL_SECONDS', 'API_KEY'])
      expect(message).toMatch(new RegExp(`^  ${name} = `, 'm'))
    expect(message).toContain('DATABASE_URL is not set')
    expect(message).not.toContain('short')
  })

  it.skipIf(!testServer)(
    'ends with 1 for credentials on a database that held the demo (skipped without TEST_DATABASE_URL)',
    async () => {
      const database = await aServerDatabase(testServer ?? '')
      const twilio = await simulatedTwilio()
      try {
        const demo = await readyProduct({ env: { DATABASE_URL: database.url, DEMO: 'true' } })
        expect(await demo.stop()).toEqual({ code: 0, signal: null })
        const real = startProduct({ env: { DATABASE_URL: database.url, ...watching(twilio) } })
        expect(await real.ended).toEqual({ code: 1, signal: null })
        expect(real.lines.join('\n')).toContain('This database has held the demo account')
        expect(twilio.requests.entries).toEqual([])
      } finally {
        await endProducts()
        await twilio.stop()
        await database.drop()
      }
    },
  )
})

describe('a data directory in use', () => {
  it('is waited for; a start that waits for too long ends with 1 and says by whom, one that still waits gets it', async () => {
    const env = { ...idle, DATA_DIR: aDirectory() }
    const owner = await readyProduct({ env })
    const impatient = startProduct({ env })
    const waits = 'the data directory is in use; waiting up to 30 s for its owner to end'
    const isWaiting = (product: Product) =>
      expect.poll(() => product.logged(waits), { timeout: 120_000 }).toMatchObject([{ pid: owner.pid }])
    await isWaiting(impatient)
    // The other one begins so much later that it still has patience when this one has none.
    await pause(15_000)
    const patient = startProduct({ env })
    expect(await impatient.ended).toEqual({ code: 1, signal: null })
    const last = JSON.parse(impatient.lines.at(-1) ?? '') as object
    expect(last).toMatchObject({ msg: expect.stringContaining(`is in use by process ${owner.pid} since`) })
    expect(last).not.toHaveProperty('err')
    expect(await owner.status('/readyz')).toBe(200)

    await isWaiting(patient)
    await owner.kill()
    await patient.ready()
  })
})

describe.skipIf(!testServer)('a wrong DATABASE_URL (skipped without TEST_DATABASE_URL)', () => {
  it('is said in words, and waited for until it is right', async () => {
    const database = await aServerDatabase(testServer ?? '')
    await database.drop()
    const product = startProduct({ env: { ...idle, DATABASE_URL: database.url } })
    const name = new URL(database.url).pathname.slice(1)
    const { host } = new URL(database.url)
    const said = `Postgres cannot be used yet; waiting for it: PostgreSQL at ${host} has no database "${name}": create it (createdb ${name}), or correct DATABASE_URL`
    await expect.poll(() => product.logged(said), { timeout: 120_000 }).not.toEqual([])
    expect(product.logged(said)[0]).not.toHaveProperty('err')
  })
})

describe('SIGTERM', () => {
  it('lets a delivery in flight end, takes on nothing more, and ends with 0', async () => {
    const twilio = await simulatedTwilio()
    const sink = await startHttpSink()
    try {
      const dataDir = aDirectory()
      const env = { ...watching(twilio), DATA_DIR: dataDir }
      const product = await readyProduct({ env })
      await sendFailuresTo(product, sink.url)
      await firstSweep(product)
      const held: (() => void)[] = []
      sink.answerWith((response) => void held.push(() => response.end('ok')))
      addFailures(twilio.world, 1)
      await expect.poll(() => held.length, { timeout: 60_000 }).toBe(1)

      const ending = product.stop()
      await expect.poll(() => product.status('/readyz')).toBe(503)
      expect(await product.status('/api/rules')).toBe(503)
      expect(await product.status('/livez')).toBe(200)
      held[0]?.()
      expect(await ending).toEqual({ code: 0, signal: null })
      expect(product.lines.at(-1)).toContain('"stopped"')

      sink.answerWith((response) => void response.end('ok'))
      const next = await readyProduct({ env })
      await settled(next, 1)
      await expectNothingLostOrDoubled(next, twilio.world, sink.received)
      expect(sink.received).toHaveLength(1)
    } finally {
      await twilio.stop()
      await sink.stop()
    }
  })
})

describe('kill -9', () => {
  it('three times in the middle of the work loses nothing and doubles nothing', async () => {
    const twilio = await simulatedTwilio()
    const sink = await startHttpSink()
    try {
      const env = { ...watching(twilio), DATA_DIR: aDirectory() }
      sink.answerWith((response) => void setTimeout(() => response.end('ok'), 20))
      let product = await readyProduct({ env })
      await sendFailuresTo(product, sink.url)
      await firstSweep(product)

      const perRound = 30
      for (let round = 0; round < 3; round++) {
        const before = sink.received.length
        addFailures(twilio.world, perRound)
        // Each time at another point: while it reads and judges, and further and further into the sending.
        await expect
          .poll(() => sink.received.length - before, { timeout: 60_000, interval: 5 })
          .toBeGreaterThanOrEqual(round * 10)
        await product.kill()
        product = await readyProduct({ env })
      }

      await settled(product, 3 * perRound)
      await expectNothingLostOrDoubled(product, twilio.world, sink.received)
      expect(await product.stop()).toEqual({ code: 0, signal: null })
      expect(product.lines.filter((line) => line.includes(productKey))).toEqual([])
    } finally {
      await twilio.stop()
      await sink.stop()
    }
  })
})
