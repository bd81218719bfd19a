import { setTimeout as pause } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { startTcpProxy } from '../../fixtures/tcp-proxy.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { until } from '../until.js'
import { addMessages, failedSids, toWebhook, untilSettled, watchFailures } from '../work.js'

/** How late work may be because what wakes it was away, in milliseconds. */
const LATE_MS = 30_000

interface Added {
  readonly logAdded: { readonly log: { readonly twilioSid: string } }
}
const logAdded = 'subscription ($after: String) { logAdded(after: $after) { log { twilioSid } } }'

export const redisGone: Fault = {
  row: 9,
  name: 'Redis killed, started again empty, and flushed in the middle of work, two processes',
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
      addMessages(bed, { failed: 20 })
      recoveredMs.push(await untilSettled(bed, LATE_MS))
      if ((await api.status('/readyz')) !== 200) broken.push('/readyz was not 200 without Redis')
      await until(
        'who watches the logs is told without Redis',
        () => seen.length === failedSids(bed).length,
        15_000,
      )
      await redis.start()
      addMessages(bed, { failed: 10 })
      await redis.command('FLUSHALL')
      recoveredMs.push(await untilSettled(bed, LATE_MS))
      await until(
        'Redis is used again',
        async () => (await api.graphql<Health>(health)).health.status === 'ok',
        20_000,
      )
    }
    await until('who watches the logs was told of all', () => seen.length >= failedSids(bed).length, 15_000)
    const told = seen.map((event) => event.logAdded.log.twilioSid)
    if (new Set(told).size !== told.length) broken.push('a subscriber was told twice of one log')
    for (const product of [worker, api]) broken.push(...(await endWell(product)))
    return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), recoveredMs, broken })
  },
}

interface Health {
  readonly health: { readonly status: string }
}
const health = '{ health { status } }'

export const mongodbGone: Fault = {
  row: 10,
  name: 'MongoDB cut off, frozen, then wiped, in the middle of work',
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
          for (let round = 0; round < 4; round++) {
            await work()
            await pause(3_000)
          }
          proxy.restore()
          await work()
          await until(
            'MongoDB is used again',
            async () => (await product.graphql<Health>(health)).health.status === 'ok',
          )
        }
        bed.progress(`run ${run + 1} of ${bed.runs}: wiped`)
        const client = await MongoClient.connect(jobs.url)
        try {
          await client.db().dropDatabase()
          await work()
          const recurring = () => client.db().collection('agendaJobs').countDocuments({ type: 'single' })
          await until('the recurring jobs are there again', async () => (await recurring()) === 5)
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

export const jobTablesGone: Fault = {
  row: 10,
  name: 'the job tables in Postgres truncated, then dropped, in the middle of work',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const recoveredMs: number[] = []
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    for (const wipe of ['TRUNCATE', 'DROP TABLE']) {
      bed.progress(`${wipe} agenda_jobs`)
      await bed.database.query(`${wipe} agenda_jobs`)
      for (let round = 0; round < 4; round++) {
        addMessages(bed, { failed: 20 })
        recoveredMs.push(await untilSettled(bed, LATE_MS))
        await pause(1_000)
      }
    }
    const broken = await endWell(product)
    return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), recoveredMs, broken })
  },
}
