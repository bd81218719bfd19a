import { setTimeout as pause } from 'node:timers/promises'
import type { Product } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { quantile, seconds } from '../report.js'
import { until } from '../until.js'
import { addMessages, BACK_MS, toWebhook, untilSettled, watchFailures } from '../work.js'

/** How long Postgres is away each time, in milliseconds. */
const AWAY_MS = 60_000

/** Those of its pools: of the stores, of the jobs, and the one that asks whether Postgres is there. */
const CONNECTIONS = 26

/** Once it is back, and until nothing is owed: leases of what was in flight run out in 20 s, and the rest is work. In milliseconds. */
const WORKED_OFF_MS = 60_000

/** What a request may take while Postgres does not answer, in milliseconds. */
const REFUSED_MS = 5_000

export const postgresStopped: Fault = {
  row: 7,
  name: 'Postgres stopped at once in the middle of work, back after 60 s',
  needs: ['postgres'],
  runs: 2,
  run: (bed) =>
    whilePostgresIsAway(bed, {
      takeAway: () => bed.services.postgres?.stop('immediate'),
      bringBack: () => bed.services.postgres?.start(),
    }),
}

export const postgresFrozen: Fault = {
  row: 8,
  name: 'Postgres frozen (half-open) for 60 s in the middle of work',
  needs: ['server'],
  runs: 2,
  run: (bed) =>
    whilePostgresIsAway(bed, {
      takeAway: () => bed.postgres.freeze(),
      bringBack: () => bed.postgres.restore(),
    }),
}

interface Absence {
  takeAway(): unknown
  bringBack(): unknown
}

async function whilePostgresIsAway(bed: Bed, { takeAway, bringBack }: Absence) {
  const broken: string[] = []
  const recoveredMs: number[] = []
  const readyMs: number[] = []
  const refusals: number[] = []
  const connections: number[] = []
  const product = await bed.ready()
  await watchFailures(product, toWebhook(bed))
  for (let run = 0; run < bed.runs; run++) {
    bed.progress(`run ${run + 1} of ${bed.runs}: Postgres goes away for ${AWAY_MS / 1_000} s`)
    const reached = bed.http.received.length
    addMessages(bed, { failed: 40, delivered: 400 })
    await until('deliveries are under way', () => bed.http.received.length > reached)
    await pause(bed.draws.between(0, 100))
    await takeAway()
    const goneAt = performance.now()
    addMessages(bed, { failed: 20 })
    await until('/readyz says 503', async () => (await product.status('/readyz')) === 503, 10_000)
    while (performance.now() - goneAt < AWAY_MS) {
      refusals.push(await timeToRefusal(product))
      if ((await product.status('/livez')) !== 200) broken.push('/livez was not 200')
      if ((await product.status('/readyz')) !== 503)
        broken.push('/readyz was not 503 while Postgres was away')
      await pause(1_000)
    }
    await bringBack()
    const backAt = performance.now()
    await until('/readyz says 200', async () => (await product.status('/readyz')) === 200)
    readyMs.push(performance.now() - backAt)
    await untilSettled(bed)
    recoveredMs.push(performance.now() - backAt)
    await until('connections that nobody uses any more are gone', async () => {
      const [open] = await bed.database.query<{ all: number; idle: number }>(
        `SELECT count(*)::int AS all, count(*) FILTER (WHERE state LIKE 'idle in transaction%')::int AS idle
           FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      connections.push(open?.all ?? Infinity)
      return open !== undefined && open.all <= CONNECTIONS && open.idle === 0
    })
  }
  const slowest = quantile(refusals, 1)
  if (slowest > REFUSED_MS) broken.push(`a request waited ${seconds(slowest)} while Postgres was away`)
  const ready = quantile(readyMs, 1)
  if (ready > BACK_MS) broken.push(`ready ${seconds(ready)} after its return`)
  const workedOff = quantile(recoveredMs, 1)
  if (workedOff > WORKED_OFF_MS)
    broken.push(`something was owed until ${seconds(workedOff)} after its return`)
  broken.push(...(await endWell(product)))
  return proof({
    ...(await compareLedgers(bed, webhookSends(bed.http.received))),
    recoveredMs,
    broken,
    notes: [
      `requests refused within ${seconds(slowest)}`,
      `ready within ${seconds(ready)} of its return`,
      `${connections.at(-1)} connections afterwards`,
    ],
  })
}

/** How long a read of the API takes to fail, in milliseconds; not much longer than too long. */
async function timeToRefusal(product: Product): Promise<number> {
  const askedAt = performance.now()
  const read = product.graphql('{ logs(first: 1) { nodes { id } } }').catch(() => null)
  await Promise.race([read, pause(2 * REFUSED_MS)])
  return performance.now() - askedAt
}
