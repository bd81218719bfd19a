import { setTimeout as pause } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import type { Product } from '../../fixtures/product.js'
import { startTcpProxy } from '../../fixtures/tcp-proxy.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { until } from '../until.js'
import { addMessages, BACK_MS, failedSids, toWebhook, untilSettled, watchFailures } from '../work.js'

/** How late work may be because what wakes it was away, in milliseconds. */
const LATE_MS = 30_000
/** How long each service is away, in milliseconds. */
const AWAY_MS = 60_000

interface Added {
  readonly logAdded: { readonly log: { readonly twilioSid: string } }
}
const logAdded = 'subscription ($after: String) { logAdded(after: $after) { log { twilioSid } } }'

export const redisGone: Fault = {
  row: 9,
  name: 'Redis killed for 60 s, started again empty, and flushed in the middle of work, two processes',
  needs: ['server', 'redis'],
  runs: 2,
  run: async (bed) => {
    const redis = bed.services.redis as NonNullable<typeof bed.services.redis>
    const broken: string[] = []
    const recoveredMs: number[] = []
    const [api, worker] = await Promise.all([
      bed.ready({ REDIS_URL: redis.url, ROLE: 'api' }),
      bed.ready({ REDIS_URL: redis.url, ROLE: 'worker' }),
    ])
    await watchFailures(api, toWebhook(bed))
    const seen = await api.collect<Added>(logAdded)
    for (let run = 0; run < bed.runs; run++) {
      bed.progress(`run ${run + 1} of ${bed.runs}: killed, started again, flushed`)
      addMessages(bed, { failed: 20 })
      await redis.kill()
      await whileItIsAway(async () => {
        addMessages(bed, { failed: 5 })
        recoveredMs.push(await untilSettled(bed, LATE_MS))
      })
      if ((await api.status('/readyz')) !== 200) broken.push('/readyz was not 200 without Redis')
      await until(
        'who watches the logs is told without Redis',
        () => seen.length === failedSids(bed).length,
        15_000,
      )
      await redis.start()
      await untilUsedAgain(api)
      addMessages(bed, { failed: 10 })
      await redis.command('FLUSHALL')
      recoveredMs.push(await untilSettled(bed, LATE_MS))
    }
    await until('who watches the logs was told of all', () => seen.length >= failedSids(bed).length, 15_000)
    const told = seen.map((event) => event.logAdded.log.twilioSid)
    if (new Set(told).size !== told.length) broken.push('a subscriber was told twice of one log')
    for (const product of [worker, api]) broken.push(...(await endWell(product)))
    return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), recoveredMs, broken })
  },
}

/** Goes on with work for as long as a service is to be away. */
async function whileItIsAway(work: () => Promise<void>): Promise<void> {
  const goneAt = performance.now()
  while (performance.now() - goneAt < AWAY_MS) {
    await work()
    await pause(3_000)
  }
}

/** The product finds nothing away any more, soon after that was so. */
function untilUsedAgain(product: Product): Promise<number> {
  const isWell = async () =>
    (await product.graphql<{ health: { status: string } }>('{ health { status } }')).health.status === 'ok'
  return until('what was away is used again', isWell, BACK_MS)
}

export const mongodbGone: Fault = {
  row: 10,
  name: 'MongoDB cut off for 60 s, frozen for 60 s, then wiped, in the middle of work',
  needs: ['server', 'mongodb'],
  runs: 1,
  run: async (bed) => {
    const jobs = bed.jobs as NonNullable<typeof bed.jobs>
    const proxy = await startTcpProxy(jobs.url)
    const broken: string[] = []
    const recoveredMs: number[] = []
    try {
      const product = await bed.ready({ MONGODB_URL: proxy.url })
      await watchFailures(product, toWebhook(bed))
      const work = async () => {
        addMessages(bed, { failed: 20 })
        recoveredMs.push(await untilSettled(bed, LATE_MS))
      }
      for (let run = 0; run < bed.runs; run++) {
        for (const fault of ['cut', 'freeze'] as const) {
          bed.progress(`run ${run + 1} of ${bed.runs}: ${fault}`)
          proxy[fault]()
          await whileItIsAway(work)
          proxy.restore()
          await untilUsedAgain(product)
          await work()
        }
        bed.progress(`run ${run + 1} of ${bed.runs}: wiped`)
        const client = await MongoClient.connect(jobs.url)
        try {
          await client.db().dropDatabase()
          await work()
          await until('the recurring jobs are there again', () => areAll(recurringIn(client)))
          await work()
        } finally {
          await client.close()
        }
      }
      broken.push(...(await endWell(product)))
    } finally {
      await proxy.close()
    }
    return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), recoveredMs, broken })
  },
}

/** A poll of each source, the sweep, and what retention needs. */
const RECURRING = 5

/** Whether each recurring job is there, once. */
async function areAll(asked: Promise<readonly { readonly name?: string }[]>): Promise<boolean> {
  const names = (await asked).map(({ name }) => name)
  return names.length === RECURRING && new Set(names).size === RECURRING
}

function recurringIn(client: MongoClient): Promise<{ name?: string }[]> {
  return client.db().collection<{ name?: string }>('agendaJobs').find({ type: 'single' }).toArray()
}

export const jobTablesGone: Fault = {
  row: 10,
  name: 'the job tables in Postgres truncated, then dropped, in the middle of work',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const recoveredMs: number[] = []
    const broken: string[] = []
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const recurring = () =>
      bed.database.query<{ name: string }>(`SELECT name FROM agenda_jobs WHERE type = 'single'`)
    await until('the recurring jobs are there', () => areAll(recurring()))
    for (const wipe of ['TRUNCATE', 'DROP TABLE']) {
      bed.progress(`${wipe} agenda_jobs`)
      await bed.database.query(`${wipe} agenda_jobs`)
      for (let round = 0; round < 4; round++) {
        addMessages(bed, { failed: 20 })
        recoveredMs.push(await untilSettled(bed, LATE_MS))
        await pause(1_000)
      }
      await until('the recurring jobs are there again', () => areAll(recurring()))
    }
    broken.push(...(await endWell(product)))
    return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), recoveredMs, broken })
  },
}
