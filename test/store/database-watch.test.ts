import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Database } from '../../src/store/database.js'
import { DatabaseWatch } from '../../src/store/database-watch.js'
import { anEmptyDatabase, aServerDatabase, testServer } from '../fixtures/empty-database.js'
import { startTcpProxy } from '../fixtures/tcp-proxy.js'

vi.setConfig({ testTimeout: 120_000 })

const LOOK_MS = 250
const CONNECTIONS = 5
const silent = pino({ level: 'silent' })

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function watched(connection: Parameters<typeof Database.open>[0]) {
  const database = await Database.open(connection, silent)
  closing.push(() => database.close())
  const watch = new DatabaseWatch(database, connection, LOOK_MS)
  closing.push(() => watch.stop())
  return { database, watch }
}

/** Keeps this process from everything else, its timers and its sockets too. */
const standStill = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
const ask = async (database: Database) =>
  Promise.all(Array.from({ length: CONNECTIONS }, () => database.query<{ one: number }>('SELECT 1 AS one')))

async function watchedEmpty() {
  const { connection, drop } = await anEmptyDatabase()
  closing.push(drop)
  return watched(connection)
}

it('gives connections that were broken while nobody used them to nobody', async () => {
  const { database } = await watchedEmpty()
  await ask(database)
  database.breakConnections()
  await turn()
  expect(await ask(database)).toEqual(Array.from({ length: CONNECTIONS }, () => [{ one: 1 }]))
})

it('does not take a process that stood still for silence of its database', async () => {
  const { database, watch } = await watchedEmpty()
  // It has looked and was answered: to connect takes more turns than there are between these stops. The embedded one is never broken.
  if (testServer)
    await vi.waitFor(
      async () =>
        expect(
          await database.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT 1' AND state = 'idle'`,
          ),
        ).toHaveLength(1),
      { timeout: 60_000, interval: LOOK_MS },
    )
  const breaking = vi.spyOn(database, 'breakConnections')
  for (let stop = 0; stop < 5; stop++) {
    standStill(4 * LOOK_MS)
    await turn()
  }
  expect(breaking).not.toHaveBeenCalled()
  expect(watch.isUp).toBe(true)
  expect(await ask(database)).toHaveLength(CONNECTIONS)
})

describe.skipIf(!testServer)(
  'a database that nothing comes from any more (skipped without TEST_DATABASE_URL)',
  () => {
    it('counts as away, whoever waits for it learns of it, and it is found again', async () => {
      const { url, drop } = await aServerDatabase(testServer ?? '')
      closing.push(drop)
      const proxy = await startTcpProxy(url)
      closing.push(() => proxy.close())
      const { database, watch } = await watched({ url: proxy.url })
      await ask(database)
      proxy.freeze()
      await expect(database.query('SELECT 1')).rejects.toThrow(/terminated/)
      expect(watch.isUp).toBe(false)
      proxy.restore()
      await vi.waitFor(() => expect(watch.isUp).toBe(true), 10_000)
      expect(await ask(database)).toHaveLength(CONNECTIONS)
    })
  },
)
