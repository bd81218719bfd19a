import { setTimeout as pause } from 'node:timers/promises'
import {
  after,
  emptyPage,
  repeatedPage,
  serverError,
  slowDrip,
  tooManyRequests,
} from '../../fixtures/twilio-faults.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { until } from '../until.js'
import { addMessages, CAUGHT_UP_MS, toWebhook, untilSettled, watchFailures } from '../work.js'

/** How often more than planned a list may be asked for. */
const MORE = 1.2

/** Calls, messages and alerts, each asked for once a second while all is well. */
const LISTS = 3

/**
 * How often one list is asked for in so many seconds where this part of all requests fails: after n failures in a row it rests for
 * 2ⁿ seconds, ten at most.
 */
function planned(seconds: number, failing: number): number {
  let rest = 0
  for (let failures = 0; failures < 100; failures++)
    rest += (1 - failing) * failing ** failures * Math.min(2 ** failures, 10)
  return seconds / rest
}

/** In half a minute, where all fail: after 0, 2, 6, 14 and 24 s. */
const ALL_FAIL = 5

/** How long a drip lasts, in seconds, and how many requests the product makes at once: so many of all lists together are planned. */
const DRIP_S = 2
const AT_ONCE = 2

export const twilioThrottles: Fault = {
  row: 11,
  name: 'Twilio: a storm of 429 (four of five requests) for five minutes, then 5xx and a slow drip, 30 s each',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const recoveredMs: number[] = []
    const notes: string[] = []
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const storms = {
      429: {
        seconds: 300,
        most: LISTS * planned(300, 0.8) * MORE,
        next: () => (bed.draws.chance(0.8) ? tooManyRequests() : pass),
      },
      '5xx': {
        seconds: 30,
        most: LISTS * ALL_FAIL * MORE,
        next: () => serverError(bed.draws.pick([500, 503])),
      },
      drip: { seconds: 30, most: ((AT_ONCE * 30) / DRIP_S) * MORE, next: () => slowDrip(100 * DRIP_S) },
    }
    for (let run = 0; run < bed.runs; run++)
      for (const [name, { seconds, most, next }] of Object.entries(storms)) {
        bed.progress(`run ${run + 1} of ${bed.runs}: ${name}`)
        bed.twilio.requests.clear()
        bed.twilio.faults.next((exchange, onward) => next()(exchange, onward), { times: Infinity })
        for (let second = 0; second < seconds; second++) {
          addMessages(bed, { failed: 1, delivered: 5 })
          await pause(1_000)
        }
        const asked = bed.twilio.requests.entries.length
        if (asked > most) broken.push(`${asked} requests in ${seconds} s of ${name} are too many`)
        notes.push(`${asked} requests in ${seconds} s of ${name}, of ${Math.floor(most)} at most`)
        bed.twilio.faults.clear()
        recoveredMs.push(await untilSettled(bed, CAUGHT_UP_MS))
      }
    broken.push(...(await endWell(product)))
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    return proof({ ...counts, recoveredMs, broken, notes })
  },
}

const pass = (_exchange: unknown, next: () => void) => next()

export const pagesShift: Fault = {
  row: 12,
  name: 'Twilio: pages shift while they are read, come again, or come empty',
  needs: ['server'],
  runs: 5,
  run: async (bed) => {
    const product = await bed.ready({ POLL_LOOKBACK_MINUTES: '5' })
    await watchFailures(product, toWebhook(bed))
    const recoveredMs: number[] = []
    for (let run = 0; run < bed.runs; run++) {
      bed.progress(`run ${run + 1} of ${bed.runs}: 1,500 records in pages that move`)
      const shift = after(() => addMessages(bed, { failed: 2, delivered: bed.draws.between(1, 40) }))
      for (let n = 0; n < 6; n++)
        bed.twilio.faults.next(bed.draws.pick([shift, shift, repeatedPage, emptyPage]), {
          source: 'messages',
        })
      addMessages(bed, { failed: 10, delivered: 1_490 })
      await until('the pages have moved', () => bed.twilio.faults.isOver)
      recoveredMs.push(await untilSettled(bed))
    }
    const broken = await endWell(product)
    return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), recoveredMs, broken })
  },
}

const MINUTE_MS = 60_000

/** Two whole pages of a list: whatever is older lies behind a page on which nothing is. */
const TWO_PAGES = 2_000
/** Messages of each run that fail two hours after they were queued. */
const QUEUED = 20

export const lateRecords: Fault = {
  row: 13,
  name: 'Twilio: records 30 min late and out of order; queued messages that fail two hours later',
  needs: ['server'],
  runs: 3,
  run: async (bed) => {
    const { world } = bed.twilio
    const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS)
    // Whoever is late lies behind two pages of others, and whoever changes behind two more, where no look at the list comes any more.
    for (const minutes of [10, 60]) for (let n = 0; n < TWO_PAGES; n++) world.addMessage({}, ago(minutes))
    const queued = Array.from(
      { length: QUEUED * bed.runs },
      () => world.addMessage({ status: 'queued' }, ago(120)).sid,
    )
    const product = await bed.ready({ POLL_LOOKBACK_MINUTES: '45' })
    await watchFailures(product, toWebhook(bed))
    for (let run = 0; run < bed.runs; run++) {
      bed.progress(`run ${run + 1} of ${bed.runs}`)
      for (let n = 0; n < 200; n++) {
        const isLate = bed.draws.chance(0.2)
        const at = ago(isLate ? 30 : bed.draws.between(0, 60) / 60)
        world.addMessage(bed.draws.chance(0.1) ? { status: 'undelivered', error_code: 30003 } : {}, at)
      }
      await untilSettled(bed)
      const failing = queued.slice(run * QUEUED, (run + 1) * QUEUED)
      for (const sid of failing) world.update(sid, { status: 'failed', error_code: 30003 })
      await untilFailed(bed, failing)
      await untilSettled(bed)
      // Read again and again, nothing of it fires a second time.
      await product.graphql('mutation { pollNow { stored } }')
    }
    const broken = await endWell(product)
    return proof({ ...(await compareLedgers(bed, webhookSends(bed.http.received))), broken })
  },
}

/** Until these are known to have failed: the pauses between looks at an old message are passed over, the hours with them. */
async function untilFailed(bed: Bed, sids: readonly string[]): Promise<void> {
  await until('failures of old messages are seen', async () => {
    await bed.database.query(
      'UPDATE logs SET next_read_at = now() WHERE next_read_at > now() AND twilio_sid = ANY($1)',
      [sids],
    )
    const [{ count } = { count: 0 }] = await bed.database.query<{ count: number }>(
      `SELECT count(*)::int FROM logs WHERE error_code = '30003' AND processed AND twilio_sid = ANY($1)`,
      [sids],
    )
    return count === sids.length
  })
}
