import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { addMessages, toWebhook, untilSettled, watchFailures } from '../work.js'
import { residentMb } from './webhooks.js'

const MOST_MB = 512
/** What must at least be stored, judged and delivered in a second, where there is enough to measure it by. */
const A_SECOND = 1_000
const MEASURED_FROM = 100_000

export const bigPoll: Fault = {
  row: 33,
  name: 'one poll that finds 1,000 records, 10,000, 100,000: of those 1,000 a second at least are stored and judged',
  needs: ['server'],
  runs: 3,
  run: async (bed) => {
    const broken: string[] = []
    const notes: string[] = []
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    let most = 0
    const sampling = setInterval(() => (most = Math.max(most, residentMb(product.pid))), 200)
    for (let run = 0; run < bed.runs; run++) {
      const count = 10 ** (3 + run)
      bed.progress(`${count} records`)
      addMessages(bed, { failed: 10, delivered: count - 10 })
      const took = await untilSettled(bed, 900_000)
      const rate = Math.round(count / (took / 1_000))
      if (count >= MEASURED_FROM && rate < A_SECOND) broken.push(`only ${rate} of ${count} records a second`)
      notes.push(`${count} in ${(took / 1_000).toFixed(1)} s (${rate} a second)`)
    }
    clearInterval(sampling)
    if (most > MOST_MB) broken.push(`memory reached ${most} MB`)
    broken.push(...(await endWell(product)))
    return proof({
      ...(await compareLedgers(bed, webhookSends(bed.http.received))),
      broken,
      notes: [...notes, `memory ${most} MB at most`],
    })
  },
}
