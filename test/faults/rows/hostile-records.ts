import { setTimeout as pause } from 'node:timers/promises'
import { rfc2822 } from '../../../src/demo/raw-records.js'
import { patternBombs as bombs } from '../../fixtures/pattern-bombs.js'
import { aKey, badService, servedDuring } from '../another-client.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { aFact } from '../../rules/a-fact.js'
import { regex } from '../../../src/rules/regex.js'
import { howLong, inWords, slowest } from '../parts/how-long.js'
import { type EventLoopLag, eventLoopLag } from '../parts/metrics.js'
import {
  addMessages,
  FAILED,
  failedSids,
  recordedSids,
  toWebhook,
  untilSettled,
  watchFailures,
} from '../work.js'

/** As deep as what simulates Twilio can write itself; the product takes 64 levels. */
const deep = JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`) as unknown

/** Fields that PostgreSQL refuses in a text or in JSON, or that are odd in some other way. */
const oddFields: readonly Readonly<Record<string, unknown>>[] = [
  { body: 'a\0b', from: '+1415\0' },
  { body: 'half of a pair: \ud83d', error_message: '\ude00' },
  { body: '\u202eright to left שלום 😀' },
  { body: 'x'.repeat(1_000_000) },
  { body: null, deep },
  { 'a key\0': 'with a NUL', ['__proto__']: { polluted: true }, price: 'x'.repeat(10_000) },
  { 'much of it': Array.from({ length: 100_000 }, (_, n) => n) },
  { from: 7, to: {}, error_message: ['no', 'text'], date_sent: 'never' },
]

/** Records of each run that cannot be stored as logs. */
const ASIDE = 10

export const hostileRecords: Fault = {
  row: 21,
  name: 'lists of Twilio with records that break databases: cleaned or set aside, and all others go on',
  needs: ['server'],
  runs: 3,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const aside = new Set<string>()
    const readable = () => ({
      recorded: recordedSids(bed).filter((sid) => !aside.has(sid)),
      failed: failedSids(bed),
    })
    for (let run = 0; run < bed.runs; run++) {
      bed.progress(`run ${run + 1} of ${bed.runs}`)
      addMessages(bed, { failed: 10, delivered: 200 })
      for (const fields of oddFields) {
        const { sid } = bed.twilio.world.addMessage({ status: 'undelivered', error_code: FAILED })
        bed.twilio.world.update(sid, fields)
      }
      for (let n = 0; n < ASIDE; n++) {
        const sid = `SM\0${run} ${n}`
        aside.add(sid)
        bed.twilio.world.addRaw('messages', { sid, date_created: rfc2822(Date.now()) })
      }
      await untilSettled(bed, undefined, readable())
      // Read again, nothing of it is new.
      await product.graphql('mutation { pollNow { stored } }')
    }
    const [kept] = await bed.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM unreadable_records',
    )
    if (kept?.count !== aside.size)
      broken.push(`${kept?.count} records set aside where ${aside.size} had to be`)
    broken.push(...(await endWell(product)))
    return proof({
      ...(await compareLedgers(bed, webhookSends(bed.http.received), readable())),
      broken,
      notes: [`${aside.size} set aside, ${oddFields.length * bed.runs} cleaned`],
    })
  },
}

const TEXT = 65_536
/** So many characters of a text are searched, as docs/rules.md says. */
const SEARCHED = 4_096
/** So many messages come together, again and again, a second apart: so long that the slowest hundredth is more than one moment. */
const MESSAGES = 30
const ROUNDS = 30
const ROUND_MS = 1_000
const QUIET_MS = 10_000
/** What one pattern may take for one text, in milliseconds. */
const MATCH_MS = 50
/** How long the event loop may be kept from everything else (p99), in seconds, and what another client may wait, in milliseconds. */
const LAG_S = 0.05
const SERVED_MS = 500

export const patternBombs: Fault = {
  row: 15,
  name: `${bombs.length} patterns that never end, on texts of 64 KB: the event loop goes on`,
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    bed.progress('each pattern by itself')
    const searches = bombs.map((bomb) => ({ bomb, times: howLong(searchFor(bomb)) }))
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const mine = await aKey(product, 'a client')
    const quiet = await lagWhile(product.url, () => servedDuring(product, mine, () => pause(QUIET_MS)))
    for (const [n, patternValue] of bombs.entries())
      await product.graphql(
        'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
        { input: { name: `bomb ${n}`, patternType: 'REGEX', patternValue } },
      )
    const during = await lagWhile(product.url, () =>
      servedDuring(product, mine, async () => {
        for (let round = 0; round < ROUNDS * bed.runs; round++) {
          bed.progress(`${(round + 1) * MESSAGES} of ${ROUNDS * bed.runs * MESSAGES} messages of 64 KB`)
          for (let n = 0; n < MESSAGES; n++) addBomb(bed)
          await pause(ROUND_MS)
        }
        return untilSettled(bed)
      }),
    )
    const broken = badService(during.result.service, quiet.result.service, SERVED_MS)
    for (const { bomb, times } of searches)
      if (times.middle > MATCH_MS) broken.push(`${bomb}: ${inWords(times)}`)
    if (during.lag.p99 > Math.max(LAG_S, 2 * quiet.lag.p99))
      broken.push(`the event loop lagged ${inMs(during.lag.p99)} (p99)`)
    broken.push(...(await endWell(product)))
    return proof({
      ...(await compareLedgers(bed, webhookSends(bed.http.received))),
      recoveredMs: [during.result.result],
      broken,
      notes: [
        `${SEARCHED} characters of each text are searched`,
        `the slowest pattern took ${inWords(slowest(searches.map(({ times }) => times)))} for one text`,
        `event loop lag p99 ${inMs(during.lag.p99)}, at most ${inMs(during.lag.most)}; ${inMs(quiet.lag.p99)} and ${inMs(quiet.lag.most)} when all was quiet`,
        `another client: p99 ${during.result.service.p99Ms} ms, ${quiet.result.service.p99Ms} ms when all was quiet`,
      ],
    })
  },
}

/** As the product searches a text of 64 KB, in this process. */
function searchFor(bomb: string): () => unknown {
  const pattern = regex.read(bomb)
  const fact = aFact({ text: 'a'.repeat(SEARCHED - 6).padEnd(TEXT, '!') })
  return () => pattern.matches(fact)
}

/** No pattern finds what it looks for in the part that is searched, and each has to read to its end to know that. */
function addBomb(bed: Bed): void {
  bed.twilio.world.addMessage({
    status: 'undelivered',
    error_code: FAILED,
    body: 'a'.repeat(SEARCHED - 6 - bed.draws.between(0, 90)).padEnd(TEXT, '!'),
  })
}

/** How the event loop of the product lagged meanwhile, in seconds: it tells that since it was last asked, so that nobody asks between. */
async function lagWhile<Result>(
  url: string,
  work: () => Promise<Result>,
): Promise<{ lag: EventLoopLag; result: Result }> {
  await eventLoopLag(url)
  const result = await work()
  return { lag: await eventLoopLag(url), result }
}

const inMs = (seconds: number): string => `${Math.round(seconds * 1_000)} ms`
