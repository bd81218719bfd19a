import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../src/jobs/job.js'
import { createJobStore, type JobPool, type JobStore } from '../../src/jobs/job-store.js'
import { Scheduler } from '../../src/jobs/scheduler.js'
import { openPool } from '../../src/store/pool.js'
import { anEmptyDatabase, type EmptyDatabase } from '../fixtures/empty-database.js'
import { startTcpProxy } from '../fixtures/tcp-proxy.js'

vi.setConfig({ testTimeout: 60_000 })

/** A place where jobs are kept, and what only a look into it from outside can do. */
interface TestStore {
  readonly settings: { readonly mongodbUrl: string | null; openPool(): JobPool }
  /** As if a process had taken the job that many seconds ago and died in it; the job is due. */
  lockedSince(name: string, seconds: number): Promise<void>
  wipe(): Promise<void>
  close(): Promise<void>
}

async function onPostgres(): Promise<TestStore> {
  const database: EmptyDatabase = await anEmptyDatabase()
  const pool = openPool(database.connection)
  return {
    settings: { mongodbUrl: null, openPool: () => openPool(database.connection) },
    lockedSince: async (name, seconds) => {
      await pool.query(
        `UPDATE agenda_jobs SET locked_at = now() - $2 * interval '1 second', next_run_at = now() WHERE name = $1`,
        [name, seconds],
      )
    },
    wipe: async () => {
      await pool.query('TRUNCATE agenda_jobs')
    },
    close: async () => {
      await pool.end()
      await database.drop()
    },
  }
}

async function onMongodb(server: string): Promise<TestStore> {
  const url = new URL(server)
  url.pathname = `/giftpulse_test_${randomBytes(6).toString('hex')}`
  const client = await MongoClient.connect(url.href)
  const jobs = client.db().collection('agendaJobs')
  return {
    settings: {
      mongodbUrl: url.href,
      openPool: () => {
        throw new Error('jobs are kept in MongoDB')
      },
    },
    lockedSince: async (name, seconds) => {
      const lockedAt = new Date(Date.now() - seconds * 1_000)
      await jobs.updateMany({ name }, { $set: { lockedAt, nextRunAt: new Date() } })
    },
    wipe: async () => {
      await client.db().dropDatabase()
    },
    close: async () => {
      await client.db().dropDatabase()
      await client.close()
    },
  }
}

const mongodb = process.env.MONGODB_URL

describe.each([
  { kind: 'postgres', isThere: true, open: onPostgres },
  { kind: 'mongodb', isThere: Boolean(mongodb), open: () => onMongodb(mongodb ?? '') },
] as const)('jobs kept in $kind (mongodb is skipped without MONGODB_URL)', ({ kind, isThere, open }) => {
  describe.skipIf(!isThere)('', () => suite(kind, open))
})

function suite(kind: string, open: () => Promise<TestStore>): void {
  let store: TestStore
  const schedulers: Scheduler[] = []
  let errors: unknown[] = []
  /** Connections to the store that this test made, and those of them that were closed without a fault. */
  let connections = { made: 0, closed: 0 }
  /** Agenda can no longer sign off, as while Redis is away. */
  let staysSignedOn = false
  beforeAll(async () => {
    store = await open()
  })
  beforeEach(() => {
    errors = []
    connections = { made: 0, closed: 0 }
    staysSignedOn = false
  })
  afterEach(async () => {
    for (const scheduler of schedulers.splice(0)) await scheduler.stop(2_000)
    await store.wipe()
  })
  afterAll(() => store.close())

  /** A process, as far as the store can tell; its fallback job does nothing. */
  async function start(jobs: readonly Job[], runsJobs = true): Promise<Scheduler> {
    // What an earlier test's scheduler still says is none of this test's.
    const own = errors
    const onError = (error: unknown) => void own.push(error)
    const scheduler = new Scheduler({
      store: watched(createJobStore({ ...store.settings, openRedis: null, onError })),
      jobs: [...jobs, { name: 'sweep', everyMs: 500, run: async () => undefined }],
      runsJobs,
      fallback: 'sweep',
      onError,
    })
    schedulers.push(scheduler)
    scheduler.start()
    return scheduler
  }

  function watched(real: JobStore): JobStore {
    const own = connections
    return {
      kind: real.kind,
      connect: async () => {
        const connection = await real.connect()
        own.made += 1
        const disconnect = connection.channel.disconnect.bind(connection.channel)
        connection.channel.disconnect = () =>
          staysSignedOn ? Promise.reject(new Error('the channel is away')) : disconnect()
        return { ...connection, close: () => connection.close().then(() => void (own.closed += 1)) }
      },
    }
  }
  const once = (name: string, run: () => Promise<unknown>): Job => ({ name, everyMs: null, run })
  const counter = () => {
    const counted = { runs: 0, run: async () => void (counted.runs += 1) }
    return counted
  }
  const atLeast = (count: () => number, least: number) =>
    expect.poll(count, { timeout: 30_000, interval: 50 }).toBeGreaterThanOrEqual(least)

  it('says where they are kept, and that all is well', async () => {
    const scheduler = await start([])
    expect(scheduler.kind).toBe(kind)
    await expect.poll(() => scheduler.healthy, { timeout: 20_000 }).toBe(true)
    expect(errors).toEqual([])
  })

  it('are well in every process, whichever of them happens to run them', async () => {
    const own = [counter(), counter()]
    const twins: Scheduler[] = []
    for (const [n, { run }] of own.entries())
      twins.push(await start([{ name: `own ${n}`, everyMs: 500, run }]))
    // To connect takes as long as it does.
    await atLeast(() => Math.min(...own.map(({ runs }) => runs)), 1)
    const health = () => twins.map((scheduler) => scheduler.healthy)
    let looks = 0
    while (looks < 60) {
      const lookedAt = performance.now()
      await new Promise((resolve) => setTimeout(resolve, 200))
      const isLate = performance.now() - lookedAt > 600
      // Where this process stood still, so did both that look after themselves in it.
      if (isLate) await expect.poll(health, { timeout: 20_000 }).toEqual([true, true])
      else {
        expect(health()).toEqual([true, true])
        looks += 1
      }
    }
  })

  it('run again and again', async () => {
    const job = counter()
    await start([{ name: 'tick', everyMs: 500, run: job.run }])
    await atLeast(() => job.runs, 3)
    expect(errors).toEqual([])
  })

  it('go on after a run that failed', async () => {
    let runs = 0
    const job = {
      name: 'tick',
      everyMs: 500,
      run: () => ((runs += 1) === 1 ? Promise.reject(new Error('once')) : Promise.resolve()),
    }
    await start([job])
    await atLeast(() => runs, 3)
    expect(errors).toMatchObject([{ message: 'once' }])
  })

  it('run when woken, also from a process that runs none', async () => {
    const job = counter()
    await start([once('wanted', job.run)])
    const api = await start([once('wanted', job.run)], false)
    // A wish that comes before the store is connected is left to the fallback job.
    await vi.waitFor(
      () => {
        api.wake('wanted')
        expect(job.runs).toBeGreaterThan(0)
      },
      { timeout: 30_000, interval: 500 },
    )
    expect(errors).toEqual([])
  })

  it('run later when told so, and once for wishes that one run serves', async () => {
    const [job, tick] = [counter(), counter()]
    const scheduler = await start([once('later', job.run), { name: 'tick', everyMs: 500, run: tick.run }])
    // The second run comes after all that connecting takes; a wish that comes before is left to the fallback job.
    await atLeast(() => tick.runs, 2)
    const wished = performance.now()
    for (const inMs of [300, 400, 900]) scheduler.wakeIn('later', inMs)
    await atLeast(() => job.runs, 1)
    expect(performance.now() - wished).toBeGreaterThan(290)
    // Until a run for the last wish would have come.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(job.runs).toBe(1)
    expect(errors).toEqual([])
  })

  it('that a dead process held are taken over once its lock has run out, not before', async () => {
    const job = counter()
    const tick = { name: 'tick', everyMs: 500, run: job.run }
    const first = await start([tick])
    await atLeast(() => job.runs, 1)
    await first.stop(2_000)

    await store.lockedSince('tick', 0)
    const before = job.runs
    const sweeps = counter()
    await start([tick, { name: 'other', everyMs: 500, run: sweeps.run }])
    await atLeast(() => sweeps.runs, 3)
    expect(job.runs).toBe(before)

    await store.lockedSince('tick', 31)
    await atLeast(() => job.runs, before + 1)
  })

  it('that run are waited for by a stop', async () => {
    let ends = () => undefined as void
    let hasEnded = false
    let runs = 0
    const work = async () => {
      runs += 1
      await new Promise<void>((resolve) => (ends = resolve))
      hasEnded = true
    }
    const scheduler = await start([{ name: 'long', everyMs: 500, run: work }])
    await atLeast(() => runs, 1)
    let hasStopped = false
    const stopped = scheduler.stop(20_000).then(() => (hasStopped = true))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(hasStopped).toBe(false)
    ends()
    await stopped
    expect(hasEnded).toBe(true)
    expect(runs).toBe(1)
  })

  it('run once for each tick, however many processes there are, and never two at a time', async () => {
    let [runs, together, most] = [0, 0, 0]
    const job = {
      name: 'tick',
      everyMs: 1_000,
      run: async () => {
        runs += 1
        most = Math.max(most, (together += 1))
        await new Promise((resolve) => setTimeout(resolve, 50))
        together -= 1
      },
    }
    await Promise.all([start([job]), start([job]), start([job])])
    await atLeast(() => runs, 1)
    const [begun, before] = [performance.now(), runs]
    await atLeast(() => runs, 5)
    const ticks = Math.ceil((performance.now() - begun) / 1_000) + 1
    expect(runs - before).toBeLessThanOrEqual(ticks)
    expect(most).toBe(1)
  })

  it('take over a changed pause from the next start', async () => {
    const job = counter()
    const first = await start([{ name: 'tick', everyMs: 3_600_000, run: job.run }])
    await atLeast(() => job.runs, 1)
    await first.stop(2_000)
    await start([{ name: 'tick', everyMs: 500, run: job.run }])
    await atLeast(() => job.runs, 4)
  })

  it('that were wiped come back', async () => {
    const job = counter()
    await start([{ name: 'tick', everyMs: 500, run: job.run }])
    await atLeast(() => job.runs, 1)
    await store.wipe()
    const before = job.runs
    await atLeast(() => job.runs, before + 3)
  })

  it('leave no connection behind where they can no longer sign off', async () => {
    const job = counter()
    await start([{ name: 'tick', everyMs: 500, run: job.run }])
    await atLeast(() => job.runs, 1)
    staysSignedOn = true
    await store.wipe()
    await expect.poll(() => connections, { timeout: 40_000 }).toEqual({ made: 2, closed: 1 })
  })
}

describe('jobs whose store cannot be reached', () => {
  it('are stood in for by the fallback job', async () => {
    const fallback = { name: 'sweep', everyMs: 500, runs: 0, run: async () => void (fallback.runs += 1) }
    const errors: unknown[] = []
    const scheduler = new Scheduler({
      store: createJobStore({
        mongodbUrl: null,
        openRedis: null,
        // Nobody listens on port 1.
        openPool: () => new Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing' }),
        onError: (error) => void errors.push(error),
      }),
      jobs: [fallback],
      runsJobs: true,
      fallback: 'sweep',
      onError: (error) => void errors.push(error),
    })
    scheduler.start()
    await expect.poll(() => fallback.runs, { timeout: 20_000 }).toBeGreaterThan(2)
    await expect.poll(() => scheduler.healthy, { timeout: 20_000 }).toBe(false)
    expect(errors.length).toBeGreaterThan(0)
    await scheduler.stop(1_000)
    const { runs } = fallback
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(fallback.runs).toBe(runs)
  })
})

describe.skipIf(!mongodb)('requests for jobs that pile up (needs MONGODB_URL)', () => {
  /** How many connections a process makes for 500 requests at once of a server that is slow; the proxy counts. */
  async function connectionsFor(options: Record<string, string>): Promise<number> {
    const store = await onMongodb(mongodb ?? '')
    const proxy = await startTcpProxy(store.settings.mongodbUrl ?? '')
    const url = new URL(proxy.url)
    for (const [name, value] of Object.entries(options)) url.searchParams.set(name, value)
    const { backend, close } = await createJobStore({
      mongodbUrl: url.href,
      openPool: store.settings.openPool,
      openRedis: null,
      onError: () => undefined,
    }).connect()
    proxy.delay(50)
    await Promise.allSettled(Array.from({ length: 500 }, () => backend.repository.queryJobs({})))
    await close()
    await proxy.close()
    await store.close()
    return proxy.taken
  }
  /** The driver watches the server on connections of their own. */
  const WATCHING = 2

  it('share ten connections', async () => {
    expect(await connectionsFor({})).toBeLessThanOrEqual(10 + WATCHING)
  })

  it('have as many as MONGODB_URL allows', async () => {
    expect(await connectionsFor({ maxPoolSize: '50' })).toBeGreaterThan(10 + WATCHING)
  })
})

const redisUrl = process.env.TEST_REDIS_URL

describe.skipIf(!redisUrl)('processes that tell each other of jobs by Redis (needs TEST_REDIS_URL)', () => {
  it('leave no connection behind where it was away', async () => {
    const database = await anEmptyDatabase()
    const proxy = await startTcpProxy(redisUrl ?? '')
    const observer = new Redis(redisUrl ?? '')
    const connectionName = randomBytes(6).toString('hex')
    const open = async () =>
      String(await observer.client('LIST'))
        .split('\n')
        .filter((line) => line.includes(`name=${connectionName}`)).length
    const errors: unknown[] = []
    const store = createJobStore({
      mongodbUrl: null,
      openPool: () => openPool(database.connection),
      openRedis: () =>
        new Redis(proxy.url, { connectionName, maxRetriesPerRequest: 1, retryStrategy: () => 200 }),
      onError: (error) => void errors.push(error),
    })
    const { channel, close } = await store.connect()
    await channel.connect()
    expect(await open()).toBe(2)

    proxy.cut()
    await expect.poll(() => errors.length, { timeout: 20_000 }).toBeGreaterThan(20)
    proxy.restore()
    await expect.poll(() => channel.state, { timeout: 20_000 }).toBe('connected')
    await expect.poll(open, { timeout: 10_000 }).toBe(2)

    // Closed while an attempt to subscribe is on its way, which fails then.
    const before = errors.length
    proxy.cut()
    await expect.poll(() => errors.length, { timeout: 20_000 }).toBeGreaterThan(before + 3)
    const { taken } = proxy
    proxy.freeze()
    await expect.poll(() => proxy.taken, { timeout: 20_000 }).toBeGreaterThanOrEqual(taken + 2)
    const closed = close()
    proxy.cut()
    await closed
    proxy.restore()
    // Until the next attempt would have come.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await open()).toBe(0)
    observer.disconnect()
    await proxy.close()
    await database.drop()
  })
})
