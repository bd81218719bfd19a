import type { Bed } from '../bed.js'
import type { Fault, Proof } from '../fault.js'
import { proof } from '../fault.js'
import { compareLedgers, complaintsAbout, endWell, repeats, webhookSends } from '../ledgers.js'
import { deliveryPoints, disarm, ingestPoints, type KillPoint, pointsInTurn } from '../kill-points.js'
import { heldByTheDead, longest, takenUpAfterMs, tooLate } from '../parts/taken-up.js'
import { quantile, seconds } from '../report.js'
import { until } from '../until.js'
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
  run: (bed) => killAt(bed, deliveryPoints, { failed: 200 }),
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

/** What comes within a minute here is no storm that is to be folded: each failure has a message of its own. */
const UNLIMITED = { STORM_MAX_PER_MINUTE: '0' }

/**
 * One kill a run, each at the next point; the product is started again at once and must bring everything to its end. What was being
 * sent may be sent again, and nothing else.
 */
async function killAt(
  bed: Bed,
  points: readonly KillPoint[],
  batch: { readonly failed: number; readonly delivered?: number },
): Promise<Proof> {
  const recoveredMs: number[] = []
  const broken: string[] = []
  const takenUpMs: number[] = []
  let inFlight = 0
  let product = await bed.ready(UNLIMITED)
  await watchFailures(product, toWebhook(bed))
  for (const [run, point] of pointsInTurn(bed, points).entries()) {
    bed.progress(`run ${run + 1} of ${bed.runs}: killed ${point.name}`)
    const repeatedBefore = repeats(webhookSends(bed.http.received))
    point.arm(bed, () => void product.kill())
    addMessages(bed, batch)
    const ended = await Promise.race([
      product.ended,
      new Promise((resolve) => setTimeout(resolve, 60_000, null).unref()),
    ])
    if (ended === null) broken.push(`it never came to be killed ${point.name}`)
    disarm(bed)
    broken.push(...complaintsAbout(product))
    const death = new Date()
    const diedAt = performance.now()
    const mayRepeat = ended === null ? 0 : await sendsInFlight(bed)
    const held = ended === null ? null : await heldByTheDead(bed, death)
    inFlight += mayRepeat
    if (ended !== null) product = await bed.ready(UNLIMITED)
    await untilSettled(bed)
    recoveredMs.push(performance.now() - diedAt)
    if (held !== null) {
      const tookMs = await takenUpAfterMs(bed, held)
      takenUpMs.push(tookMs)
      broken.push(...tooLate(`killed ${point.name}`, tookMs))
    }
    const repeated = repeats(webhookSends(bed.http.received)) - repeatedBefore
    if (repeated > mayRepeat)
      broken.push(`killed ${point.name}: ${repeated} sends came again, of ${mayRepeat} that were in flight`)
  }
  broken.push(...(await endWell(product)))
  return proof({
    ...(await compareLedgers(bed, webhookSends(bed.http.received))),
    recoveredMs,
    broken,
    notes: [
      `${inFlight} sends were in flight when it died`,
      ...longest(takenUpMs, (most) => `what it held was taken up again ${most} after its death at most`),
    ],
  })
}

/** Sends that had begun, and of whose end the database knows nothing although whoever made them is dead. */
export async function sendsInFlight(bed: Bed): Promise<number> {
  // What it asked for last may still be written down until its connections are gone.
  await until('nobody is connected to the database any more', async () => {
    const others = await bed.database.query(
      `SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    )
    return others.length === 0
  })
  const [begun] = await bed.database.query<{ count: number }>(
    `SELECT count(DISTINCT t.delivery_id)::int AS count FROM delivery_attempts t
       JOIN deliveries d ON d.id = t.delivery_id WHERE t.ended_at IS NULL AND d.status = 'pending'`,
  )
  return begun?.count ?? 0
}
