import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { aDirectory, type Product } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { FakeClock } from '../parts/fake-clock.js'
import { until } from '../until.js'
import { addMessages, patient, toWebhook, untilSettled, watchFailures } from '../work.js'

const aClock = (ahead: string) => new FakeClock(join(aDirectory(), 'ahead'), ahead)

/** Longer than the lease of a delivery: what is wrong about leases shows. */
const HELD_MS = 35_000

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

/** The error that a threshold counts, and how many of it within how many minutes. */
const COUNTED = 30005
const COUNT = 5
const WINDOW_MINUTES = 1
/** So long before the first the next of these groups lies, so that no window sees two of them, in milliseconds. */
const APART_MS = 240_000

/**
 * A rule that counts, and groups of records for it that lie in the past, one further back than the other: of each group five within
 * twenty seconds are one episode, and five more that lie twenty seconds apart are none. Whoever counted by the time at which they came in,
 * or by a clock of a process, would count ten at once.
 */
class ByTheirOwnTime {
  /** So far back each look at a list must reach for them, by a clock that is an hour ahead too. */
  static readonly reading = { POLL_LOOKBACK_MINUTES: '180' }
  private readonly from = Date.now()
  private groups = 0

  private constructor(
    private readonly bed: Bed,
    private readonly ruleId: string,
  ) {}

  static async count(bed: Bed, product: Product): Promise<ByTheirOwnTime> {
    const { createRule } = await product.graphql<{ createRule: { rule: { id: string } } }>(
      'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
      {
        input: {
          name: 'too many at once',
          patternType: 'THRESHOLD',
          patternValue: `code:${COUNTED}`,
          thresholdCount: COUNT,
          thresholdWindowMinutes: WINDOW_MINUTES,
        },
      },
    )
    return new ByTheirOwnTime(bed, createRule.rule.id)
  }

  addGroup(): void {
    const at = this.from - ++this.groups * APART_MS
    const add = (seconds: number) =>
      this.bed.twilio.world.addMessage(
        { status: 'undelivered', error_code: COUNTED },
        new Date(at + seconds * 1_000),
      )
    for (let n = 0; n < COUNT; n++) add(n * 5)
    for (let n = 0; n < COUNT; n++) add(90 + n * 20)
  }

  /** What is wrong about the alerts: each group opened one, for those that are close together. */
  async complaints(): Promise<string[]> {
    const alerts = await this.bed.database.query<{ count: number }>(
      'SELECT match_count AS count FROM alerts WHERE rule_id = $1',
      [this.ruleId],
    )
    const counts = alerts.map(({ count }) => count).join(', ')
    const expected = Array.from({ length: this.groups }, () => COUNT).join(', ')
    return counts === expected
      ? []
      : [`a threshold opened alerts for ${counts || 'nothing'}, not ${expected}`]
  }
}

export const clocksJump: Fault = {
  row: 32,
  name: 'the clock of a process wrong from its first start, then right, an hour behind, an hour ahead, right again',
  needs: ['server', 'faketime'],
  runs: 1,
  run: async (bed) => {
    const recoveredMs: number[] = []
    const clock = aClock('+1h')
    const product = await bed.ready({ ...clock.env, ...ByTheirOwnTime.reading })
    await watchFailures(product, toWebhook(bed))
    const threshold = await ByTheirOwnTime.count(bed, product)
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
        threshold.addGroup()
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
    broken.push(...(await threshold.complaints()))
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
      bed.ready({ ...patient, ...ByTheirOwnTime.reading }),
      bed.ready({ ...patient, ...ByTheirOwnTime.reading, ...aClock('+5m').env }),
      bed.ready({ ...patient, ...ByTheirOwnTime.reading, ...aClock('-5m').env }),
    ])
    await watchFailures(products[0], toWebhook(bed))
    const threshold = await ByTheirOwnTime.count(bed, products[0])
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
      threshold.addGroup()
      addMessages(bed, { failed: 200, delivered: 800 })
      recoveredMs.push(await untilSettled(bed))
    }
    for (const product of products) broken.push(...(await endWell(product)))
    broken.push(...(await threshold.complaints()))
    const warned = products.map(warnings).join(', ')
    if (warned !== '0, 1, 1') broken.push(`the logs say ${warned} times that the clock is wrong`)
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    return proof({ ...counts, doubled: counts.doubled + counts.repeated, repeated: 0, recoveredMs, broken })
  },
}
