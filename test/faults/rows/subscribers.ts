import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import { Redis } from 'ioredis'
import { WebSocket } from 'ws'
import { HINTS } from '../../../src/events/bus.js'
import { type Product, productKey } from '../../fixtures/product.js'
import { startTcpProxy } from '../../fixtures/tcp-proxy.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { eventLoopLag, metricOf } from '../parts/metrics.js'
import { until } from '../until.js'
import { addMessages, recordedSids, toWebhook, untilSettled, watchFailures } from '../work.js'

const AWAY_MS = 30_000

interface Added {
  readonly logAdded: { readonly cursor: string; readonly log: { readonly twilioSid: string } }
}

/** A client as README's script is one: it asks again after every cut, from where it was. */
function follow(url: string, from: string): { readonly told: string[]; stop(): void } {
  const told: string[] = []
  let after = from
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { apiKey: productKey },
    retryAttempts: Infinity,
    retryWait: () => pause(200),
    shouldRetry: () => true,
  })
  client.subscribe<Added>(
    {
      query: 'subscription ($after: String) { logAdded(after: $after) { cursor log { twilioSid } } }',
      variables: {
        get after() {
          return after
        },
      },
    },
    {
      next: ({ data }) => {
        if (!data) return
        told.push(data.logAdded.log.twilioSid)
        after = data.logAdded.cursor
      },
      error: () => undefined,
      complete: () => undefined,
    },
  )
  return { told, stop: () => void client.dispose() }
}

async function headOf(product: Product): Promise<string> {
  const { logs } = await product.graphql<{ logs: { feedCursor: string } }>(
    '{ logs(first: 1) { feedCursor } }',
  )
  return logs.feedCursor
}

export const subscriberCut: Fault = {
  row: 35,
  name: 'a subscriber cut off for 30 s resumes by its cursor',
  needs: ['server'],
  runs: 2,
  run: async (bed) => {
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const proxy = await startTcpProxy(product.url)
    const recoveredMs: number[] = []
    const follower = follow(proxy.url.replace(/\/$/, ''), await headOf(product))
    try {
      for (let run = 0; run < bed.runs; run++) {
        bed.progress(`run ${run + 1} of ${bed.runs}`)
        addMessages(bed, { failed: 10, delivered: 200 })
        await until('some of it was told', () => follower.told.length > 0)
        proxy.cut()
        const cutAt = performance.now()
        while (performance.now() - cutAt < AWAY_MS) {
          addMessages(bed, { failed: 1, delivered: 20 })
          await pause(1_000)
        }
        await untilSettled(bed)
        proxy.restore()
        recoveredMs.push(
          await until('all was told', () => new Set(follower.told).size === recordedSids(bed).length),
        )
      }
    } finally {
      follower.stop()
      await proxy.close()
    }
    const broken = await endWell(product)
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    return proof({
      ...counts,
      doubled: counts.doubled + follower.told.length - new Set(follower.told).size,
      recoveredMs,
      recovery: 'until the subscriber was told of all',
      broken,
      notes: [`${follower.told.length} events told`],
    })
  },
}

const FLOOD_MS = 15_000
const HINTS_A_SECOND = 10_000
const SUBSCRIBERS = 50

/** At least so many of those it may read the feed for at once. */
const HINTS_A_READ = 10

/** How long the event loop may be kept from everything else under the flood, in seconds. */
const LAG_S = 0.1

export const redisFlood: Fault = {
  row: 42,
  name: 'Redis flooded with 10,000 hints a second before 50 subscribers',
  needs: ['server', 'redis'],
  runs: 1,
  run: async (bed) => {
    const redis = bed.services.redis as NonNullable<typeof bed.services.redis>
    const broken: string[] = []
    const product = await bed.ready({ REDIS_URL: redis.url })
    await watchFailures(product, toWebhook(bed))
    const head = await headOf(product)
    const followers = Array.from({ length: SUBSCRIBERS }, () => follow(product.url, head))
    const publisher = new Redis(redis.url)
    let published = 0
    try {
      const [, listeners] = (await publisher.call('PUBSUB', 'NUMSUB', HINTS)) as [string, number]
      if (listeners === 0) broken.push('the product does not listen for hints')
      // Each answer tells of the time since the one before: the start is none of this.
      await eventLoopLag(product.url)
      const begunAt = performance.now()
      while (performance.now() - begunAt < FLOOD_MS) {
        const pipeline = publisher.pipeline()
        const due = (HINTS_A_SECOND * (performance.now() - begunAt)) / 1_000
        for (; published < due; published++) pipeline.publish(HINTS, String(published % 1_000_000))
        await pipeline.exec()
        if (bed.draws.chance(0.1)) addMessages(bed, { failed: 1 })
        await pause(20)
      }
      const { p99: lag } = await eventLoopLag(product.url)
      await until(
        'it has counted every hint',
        async () => (await metricOf(product, 'feed_hints_total')) >= published,
      )
      const reads = await metricOf(product, 'feed_reads_total')
      if (reads > published / HINTS_A_READ)
        broken.push(`it read the feed ${reads} times for ${published} hints`)
      const settled = await untilSettled(bed)
      await until('every subscriber was told of all', () =>
        followers.every(({ told }) => told.length >= recordedSids(bed).length),
      )
      if (lag > LAG_S) broken.push(`the event loop lagged ${lag.toFixed(3)} s (p99)`)
      for (const { stop } of followers) stop()
      broken.push(...(await endWell(product)))
      return proof({
        ...(await compareLedgers(bed, webhookSends(bed.http.received))),
        recoveredMs: [settled],
        broken,
        notes: [
          `${published} hints, counted and followed by ${reads} reads of the feed`,
          `event loop lag p99 ${(lag * 1_000).toFixed(0)} ms`,
        ],
      })
    } finally {
      publisher.disconnect()
    }
  },
}
