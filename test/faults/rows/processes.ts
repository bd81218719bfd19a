import { setTimeout as pause } from 'node:timers/promises'
import type { Product } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { heldByTheDead, longest, takenUpAfterMs, tooLate } from '../parts/taken-up.js'
import { seconds } from '../report.js'
import { until } from '../until.js'
import { addMessages, toWebhook, unlimited, untilSettled, watchFailures } from '../work.js'

/** Tries that may end with the death of the process before a delivery is given up, as docs/concepts.md promises. */
const CRASHES = 5

/** How late the deliveries beside such a one may be, starts of the process included, in milliseconds. */
const OTHERS_MS = 60_000

/** How long a worker is stopped, in milliseconds. */
const ASLEEP_MS = 60_000

export const poisonDelivery: Fault = {
  row: 4,
  name: 'a delivery that kills the process each time it is tried',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    let product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const poison = bed.twilio.world.addMessage({ status: 'undelivered', error_code: 30003 }).sid
    addMessages(bed, { failed: 40 })
    let deaths = 0
    let diedAt = 0
    bed.http.answerWith((response, { body }) => {
      if (body.includes(poison)) void product.kill()
      else response.end('ok')
    })
    const supervisor = async () => {
      while (deaths < CRASHES) {
        await product.ended
        diedAt = performance.now()
        bed.progress(`death ${++deaths} of ${CRASHES}`)
        product = await bed.ready()
      }
    }
    await supervisor()
    await untilSettled(bed)
    const recovered = performance.now() - diedAt
    const [end] = await bed.database.query<{ status: string; tries: number }>(
      `SELECT d.status, d.attempt_count AS tries FROM deliveries d JOIN logs l ON l.id = d.log_id WHERE l.twilio_sid = $1`,
      [poison],
    )
    const broken = await endWell(product)
    if (end?.status !== 'failed' || end.tries !== CRASHES)
      broken.push(`the poisoned delivery is ${end?.status} after ${end?.tries} tries`)
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    const [others] = await bed.database.query<{ lateMs: number }>(
      `SELECT extract(epoch FROM max(d.completed_at - d.triggered_at))::float8 * 1000 AS "lateMs"
         FROM deliveries d JOIN logs l ON l.id = d.log_id WHERE l.twilio_sid <> $1`,
      [poison],
    )
    const late = others?.lateMs ?? Infinity
    if (late > OTHERS_MS) broken.push(`another delivery was ${seconds(late)} late`)
    // The poisoned one was given up, as it must be.
    return proof({
      ...counts,
      missed: counts.missed - 1,
      recoveredMs: [recovered],
      broken,
      notes: [`the others arrived within ${seconds(late)}`],
    })
  },
}

export const zombieWorker: Fault = {
  row: 5,
  name: 'a worker stopped (SIGSTOP) for 60 s, twice its lease, wakes after another one has taken over',
  needs: ['server'],
  runs: 2,
  run: async (bed) => {
    const broken: string[] = []
    const recoveredMs: number[] = []
    const takenUpMs: number[] = []
    let sleeper = await bed.ready()
    await watchFailures(sleeper, toWebhook(bed))
    for (let run = 0; run < bed.runs; run++) {
      bed.progress(`run ${run + 1} of ${bed.runs}: stopped with tries in flight`)
      const held: (() => void)[] = []
      bed.http.answerWith((response) => void held.push(() => response.end('ok')))
      addMessages(bed, { failed: 15 })
      await until('tries are in flight', () => held.length >= 10)
      process.kill(sleeper.pid, 'SIGSTOP')
      bed.http.answerWith((response) => response.end('ok'))
      const stoppedAt = performance.now()
      const left = await heldByTheDead(bed, new Date())
      const heir = await bed.ready()
      await untilSettled(bed)
      recoveredMs.push(performance.now() - stoppedAt)
      const tookMs = await takenUpAfterMs(bed, left)
      takenUpMs.push(tookMs)
      broken.push(...tooLate('a worker stopped', tookMs))
      await pause(Math.max(0, ASLEEP_MS - (performance.now() - stoppedAt)))
      const before = await endsOf(bed)
      for (const answer of held) answer()
      process.kill(sleeper.pid, 'SIGCONT')
      await until('the woken worker answers', async () => (await sleeper.status('/livez')) === 200)
      await pause(3_000)
      if ((await endsOf(bed)) !== before)
        broken.push('the woken worker wrote over what its heir had recorded')
      broken.push(...(await endWell(sleeper)))
      sleeper = heir
    }
    broken.push(...(await endWell(sleeper)))
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    const often = mostOften(webhookSends(bed.http.received))
    if (often > 2) broken.push(`one delivery was sent ${often} times`)
    return proof({
      ...counts,
      recoveredMs,
      broken,
      notes: longest(
        takenUpMs,
        (most) => `what it held was taken up by the other ${most} after it was stopped at most`,
      ),
    })
  },
}

export const replicas: Fault = {
  row: 6,
  name: 'replicas that start at once on an empty database and work together: 2, then 4',
  needs: ['server'],
  runs: 2,
  run: async (bed) => {
    const broken: string[] = []
    const products: Product[] = []
    for (let run = 0; run < bed.runs; run++) {
      const count = 2 ** (run + 1)
      bed.progress(`${count} replicas, 500 failures`)
      products.push(
        ...(await Promise.all(Array.from({ length: count - products.length }, () => bed.ready(unlimited)))),
      )
      if (run === 0) await watchFailures(products[0] as Product, toWebhook(bed))
      bed.twilio.requests.clear()
      const begunAt = performance.now()
      for (let added = 0; added < 500; added += 50) {
        addMessages(bed, { failed: 50 })
        await pause(100)
      }
      await untilSettled(bed)
      const most = Math.ceil((performance.now() - begunAt) / 900) + 1
      for (const source of ['calls', 'messages', 'alerts']) {
        const polls = bed.twilio.requests.entries.filter(
          ({ route, query }) => route?.source === source && route.sid === null && !query.has('PageToken'),
        ).length
        if (polls > most) broken.push(`${source} were polled ${polls} times where ${most} were due`)
      }
    }
    for (const ended of await Promise.all(products.map(endWell))) broken.push(...ended)
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    if (counts.repeated > 0) broken.push('something was sent twice although nobody died')
    return proof({ ...counts, broken })
  },
}

/** How each delivery ended, in one text. */
async function endsOf(bed: Bed): Promise<string> {
  return JSON.stringify(
    await bed.database.query('SELECT id, status, attempt_count, completed_at FROM deliveries ORDER BY id'),
  )
}

function mostOften(names: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}
