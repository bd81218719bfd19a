import type { Bed } from '../bed.js'
import type { Fault, Proof } from '../fault.js'
import { proof } from '../fault.js'
import { compareLedgers, complaintsAbout, endWell, webhookSends } from '../ledgers.js'
import { deliveryPoints, disarm, ingestPoints, type KillPoint } from '../kill-points.js'
import { quantile, seconds } from '../report.js'
import { addMessages, toWebhook, untilSettled, watchFailures } from '../work.js'

/** Killed while records are read, stored and judged; two pages at a time, of which some fire. */
export const killedWhileIngesting: Fault = {
  row: 1,
  name: 'kill -9 at every step from the request for a page to its alerts',
  needs: ['server'],
  runs: ingestPoints.length,
  run: (bed) => killAt(bed, ingestPoints, { failed: 20, delivered: 1_980 }),
}

/** Killed while deliveries are claimed, sent and recorded. */
export const killedWhileDelivering: Fault = {
  row: 2,
  name: 'kill -9 at every step from the claim of a delivery to the record of its end',
  needs: ['server'],
  runs: deliveryPoints.length,
  run: async (bed) => {
    const proven = await killAt(bed, deliveryPoints, { failed: 200 })
    // Twenty deliveries of one action are in flight at most: no crash may repeat more than those.
    const isBounded = proven.repeated <= 20 * bed.runs
    return isBounded ? proven : { ...proven, broken: [...proven.broken, 'more repeats than tries in flight'] }
  },
}

/** The only worker is killed with every try in flight, and started again at once. */
export const recoveryOfWorker: Fault = {
  row: 3,
  name: 'kill -9 of the only worker with its tries in flight: recovery within 60 s',
  needs: ['server'],
  runs: 5,
  run: async (bed) => {
    const inFlight: KillPoint = {
      name: 'with tries in flight',
      arm: ({ http }, kill) => {
        let held = 0
        http.answerWith(() => void (++held === 10 && kill()))
      },
    }
    const proven = await killAt(bed, [inFlight], { failed: 30 })
    const slowest = quantile(proven.recoveredMs, 0.99)
    return slowest <= 60_000
      ? proven
      : { ...proven, broken: [...proven.broken, `recovery took ${seconds(slowest)}`] }
  },
}

/** One kill a run, each at the next point; the product is started again at once and must bring everything to its end. */
async function killAt(
  bed: Bed,
  points: readonly KillPoint[],
  batch: { readonly failed: number; readonly delivered?: number },
): Promise<Proof> {
  // A seed begins at another point, so that short runs of several seeds see them all.
  const first = bed.draws.between(0, points.length - 1)
  const recoveredMs: number[] = []
  const broken: string[] = []
  let product = await bed.ready()
  await watchFailures(product, toWebhook(bed))
  for (let run = 0; run < bed.runs; run++) {
    const point = points[(first + run) % points.length] as KillPoint
    bed.progress(`run ${run + 1} of ${bed.runs}: killed ${point.name}`)
    point.arm(bed, () => void product.kill())
    addMessages(bed, batch)
    const ended = await Promise.race([
      product.ended,
      new Promise((resolve) => setTimeout(resolve, 60_000, null).unref()),
    ])
    if (ended === null) broken.push(`it never came to be killed ${point.name}`)
    disarm(bed)
    broken.push(...complaintsAbout(product))
    const diedAt = performance.now()
    if (ended !== null) product = await bed.ready()
    await untilSettled(bed)
    recoveredMs.push(performance.now() - diedAt)
  }
  broken.push(...(await endWell(product)))
  return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), recoveredMs, broken })
}
