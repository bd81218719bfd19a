import { setTimeout as pause } from 'node:timers/promises'
import { type Fault, proof } from '../fault.js'
import { comparedSums, standsForOthers, unsent } from '../folding-ledger.js'
import { disarm, foldPoints, pointsInTurn } from '../kill-points.js'
import { compareLedgers, complaintsAbout, endWell, repeats, webhookSends } from '../ledgers.js'
import { sendsInFlight } from './kills.js'
import { addMessages, failedSids, toWebhook, untilSettled, watchFailures } from '../work.js'

/** Few a minute, so that of each batch nearly all is over. */
const LIMITED = { STORM_MAX_PER_MINUTE: '20' }
const FAILED_AT_ONCE = 200
/** A folding message waits for a minute, and its try may have to wait for the lease of who died. */
const KILLED_WITHIN_MS = 150_000
/** As often as something more comes until it is killed, in milliseconds: what is to be folded must be there when a point waits for it. */
const MORE_MS = 5_000

export const killedWhileFolding: Fault = {
  row: 2,
  alias: 'folding',
  name: 'kill -9 at every step from finding that more is owed than may be sent to the message that stands for it',
  needs: ['server'],
  runs: foldPoints.length,
  run: async (bed) => {
    const broken: string[] = []
    let inFlight = 0
    let product = await bed.ready(LIMITED)
    await watchFailures(product, toWebhook(bed))
    for (const [run, point] of pointsInTurn(bed, foldPoints).entries()) {
      bed.progress(`run ${run + 1} of ${bed.runs}: killed ${point.name}`)
      point.arm(bed, () => void product.kill())
      const isDead = product.ended.then(() => true)
      const begunAt = performance.now()
      let died = false
      while (!died && performance.now() - begunAt < KILLED_WITHIN_MS) {
        addMessages(bed, { failed: FAILED_AT_ONCE })
        died = await Promise.race([isDead, pause(MORE_MS, false)])
      }
      if (!died) broken.push(`it never came to be killed ${point.name}`)
      disarm(bed)
      broken.push(...complaintsAbout(product))
      if (!died) continue
      inFlight += await sendsInFlight(bed)
      product = await bed.ready(LIMITED)
    }
    const settledMs = await untilSettled(bed)
    broken.push(...(await endWell(product)))
    const sends = webhookSends(bed.http.received)
    const repeated = repeats(sends)
    if (repeated > inFlight)
      broken.push(`${repeated} sends came again, of ${inFlight} that were in flight at a kill`)
    const singles = webhookSends(bed.http.received.filter((one) => !standsForOthers(one)))
    const { lost, doubled } = await compareLedgers(bed, singles)
    const sums = await comparedSums(bed, { webhook: failedSids(bed).length })
    return proof({
      lost,
      doubled,
      missed: await unsent(bed, new Set(sends)),
      repeated,
      recoveredMs: [settledMs],
      recovery: 'from the last start, once for all',
      broken: [...broken, ...sums.broken],
      notes: [...sums.notes, `${inFlight} sends were in flight when it died`],
    })
  },
}
