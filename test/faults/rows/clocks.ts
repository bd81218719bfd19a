import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { aDirectory, type Product } from '../../fixtures/product.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { FakeClock } from '../parts/fake-clock.js'
import { until } from '../until.js'
import { addMessages, toWebhook, untilSettled, watchFailures } from '../work.js'

const aClock = (ahead: string) => new FakeClock(join(aDirectory(), 'ahead'), ahead)

/** Longer than the lease of a delivery: what is wrong about leases shows. */
const HELD_MS = 35_000
/** Longer than that is waited for an answer; and every send is to be seen, none folded away. */
const patient = { STORM_MAX_PER_MINUTE: '0', WEBHOOK_TIMEOUT_SECONDS: '90' }

/** Whether its clock is right, or which way it is wrong by that of the database. */
type Believed = 'right' | 'ahead of' | 'behind'
const believedAt: Readonly<Record<string, Believed>> = { '+0': 'right', '+1h': 'ahead of', '-1h': 'behind' }

async function clockInHealth(product: Product): Promise<Believed> {
  const { health } = await product.graphql<{ health: { messages: string[] } }>('{ health { messages } }')
  const [said] = health.messages.flatMap(
    (message) =>
      /^The clock of this process is \d+ s (ahead of|behind) the database's/.exec(message)?.[1] ?? [],
  )
  return (said as Believed | undefined) ?? 'right'
}

function untilHealthSays(believed: Believed, product: Product): Promise<number> {
  return until(
    `health says of the clock that it is ${believed}`,
    async () => (await clockInHealth(product)) === believed,
    30_000,
  )
}

/** How often its log says that its clock differs. */
function warnings({ lines }: Product): number {
  return lines.filter((line) => line.includes('the clock of this process and that of the database differ'))
    .length
}

export const clocksJump: Fault = {
  row: 32,
  name: 'the clock of a process wrong from its first start, then right, an hour behind, an hour ahead, right again',
  needs: ['server', 'faketime'],
  runs: 1,
  run: async (bed) => {
    const recoveredMs: number[] = []
    const clock = aClock('+1h')
    const product = await bed.ready(clock.env)
    await watchFailures(product, toWebhook(bed))
    await untilHealthSays('ahead of', product)
    for (let run = 0; run < bed.runs; run++)
      for (const ahead of ['+0', '-1h', '+1h', '+0']) {
        bed.progress(`run ${run + 1} of ${bed.runs}: ${ahead}`)
        // Tries are in flight while it jumps.
        const held: (() => void)[] = []
        bed.http.answerWith((response) => void held.push(() => response.end('ok')))
        addMessages(bed, { failed: 20, delivered: 200 })
        await until('tries are in flight', () => held.length >= 10)
        clock.set(ahead)
        await pause(3_000)
        bed.http.answerWith((response) => response.end('ok'))
        for (const answer of held) answer()
        addMessages(bed, { failed: 20, delivered: 200 })
        recoveredMs.push(await untilSettled(bed))
        await untilHealthSays(believedAt[ahead] ?? 'right', product)
      }
    const believes = product.lines
      .filter((line) => line.startsWith('{'))
      .map((line) => Date.parse((JSON.parse(line) as { time: string }).time))
    const broken = await endWell(product)
    if (!believes.some((at) => at > Date.now() + 3_000_000))
      broken.push('the process never believed that it was an hour later')
    // One where it began wrong, and in each run one where it went wrong; another where a look fell just between two wrong ones.
    const warned = warnings(product)
    if (warned < bed.runs + 1 || warned > 2 * bed.runs + 1)
      broken.push(`the log says ${warned} times that the clock is wrong`)
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    return proof({ ...counts, doubled: counts.doubled + counts.repeated, repeated: 0, recoveredMs, broken })
  },
}

export const clocksApart: Fault = {
  row: 32,
  name: 'replicas whose clocks are five minutes apart: leases are by the clock of the database',
  needs: ['server', 'faketime'],
  runs: 2,
  run: async (bed) => {
    const broken: string[] = []
    const recoveredMs: number[] = []
    const products = await Promise.all([
      bed.ready(patient),
      bed.ready({ ...patient, ...aClock('+5m').env }),
      bed.ready({ ...patient, ...aClock('-5m').env }),
    ])
    await watchFailures(products[0], toWebhook(bed))
    const [right, ahead, behind] = products
    await untilHealthSays('ahead of', ahead)
    await untilHealthSays('behind', behind)
    if ((await clockInHealth(right)) !== 'right') broken.push('health blames a clock that is right')
    for (let run = 0; run < bed.runs; run++) {
      bed.progress(`run ${run + 1} of ${bed.runs}: tries that take longer than a lease`)
      const held: (() => void)[] = []
      bed.http.answerWith((response) => void held.push(() => response.end('ok')))
      addMessages(bed, { failed: 10 })
      await until('tries are in flight', () => held.length >= 10)
      // Whoever judged the leases by a clock that is ahead would take these for dead and send again.
      await pause(HELD_MS)
      if (held.length > 10) broken.push(`${held.length} sends of 10 deliveries`)
      bed.http.answerWith((response) => response.end('ok'))
      for (const answer of held) answer()
      addMessages(bed, { failed: 200, delivered: 800 })
      recoveredMs.push(await untilSettled(bed))
    }
    for (const product of products) broken.push(...(await endWell(product)))
    const warned = products.map(warnings).join(', ')
    if (warned !== '0, 1, 1') broken.push(`the logs say ${warned} times that the clock is wrong`)
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    return proof({ ...counts, doubled: counts.doubled + counts.repeated, repeated: 0, recoveredMs, broken })
  },
}
