import { setTimeout as pause } from 'node:timers/promises'
import type { Product } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { comparedSums, unsent } from '../folding-ledger.js'
import { emailSends, endWell, lostAmong, repeats, storedLogs, webhookSends } from '../ledgers.js'
import { seconds } from '../report.js'
import { until } from '../until.js'
import { untilSwept } from '../work.js'

const THOUSAND = 1_000
/** With which the logs fail in turn; a rule for each. */
const CODES = [30003, 30005] as const
/** The limits as they are when nobody sets them. */
const EMAILS_A_MINUTE = 20
const SENDS_A_MINUTE = 1_000
const MINUTE_MS = 60_000
/** How often some of them come, in milliseconds. */
const COMING_MS = 250
/** How often all is counted, in milliseconds: counting a hundred thousand logs takes from the product what it is to show. */
const COUNT_MS = 5_000
/** How often it is looked what has waited longest, in milliseconds. */
const LOOK_MS = 1_000

const queues = ['judging', 'sending'] as const
type Late = Record<(typeof queues)[number], number>

export const alertStorm: Fault = {
  row: 25,
  name: 'a storm: each run is a thousand matching logs, all within one minute, to two rules, each with a webhook and an email to one address',
  needs: ['server'],
  runs: 100,
  run: async (bed) => {
    // Thirty times as often as when nobody sets it: each poll reads all of the last minutes again.
    const product = await bed.ready({ POLL_INTERVAL_SECONDS: '10' })
    for (const code of CODES) await makeRule(bed, product, code)
    await untilSwept(product)
    const coming = comeWithin(MINUTE_MS, bed.runs * THOUSAND, (n) =>
      bed.twilio.world.addMessage({ status: 'undelivered', error_code: CODES[n % 2 === 0 ? 0 : 1] }),
    )
    const latest: Late = { judging: 0, sending: 0 }
    let countedAt = performance.now()
    let toldAt = 0
    let judgedMs = 0
    const begunAt = performance.now()
    const settledMs = await until(
      'all is judged and nothing is owed',
      async () => {
        await pause(LOOK_MS)
        const late = await lateSeconds(bed)
        for (const what of queues) latest[what] = Math.max(latest[what], late[what])
        if (performance.now() - countedAt < COUNT_MS) return false
        countedAt = performance.now()
        const now = await standing(bed)
        if (now.judged < bed.runs * THOUSAND) judgedMs = countedAt - begunAt
        if (countedAt - toldAt > 10_000) {
          toldAt = countedAt
          bed.progress(`${now.judged} judged, ${now.owed} owed`)
        }
        return now.judged >= bed.runs * THOUSAND && now.owed === 0
      },
      20 * MINUTE_MS,
    )
    await coming
    const broken: string[] = []
    const heardMs = await slowestToBeHeard(bed)
    for (const what of queues)
      if (latest[what] > 60) broken.push(`${what} was ${Math.round(latest[what])} s behind`)
    const mails = await mostInAMinute(bed, 'email', 'a.action_type')
    if (mails.single > EMAILS_A_MINUTE) broken.push(`${mails.single} mails to one address in a minute`)
    const sends = await mostInAMinute(bed, 'webhook', 'a.id')
    if (sends.single > SENDS_A_MINUTE) broken.push(`${sends.single} sends of one webhook in a minute`)
    for (const kind of ['email', 'webhook']) {
      const { folds } = await mostInAMinute(bed, kind, 'a.id')
      if (folds > 1) broken.push(`${folds} folding messages of one ${kind} in a minute`)
    }
    const sums = await comparedSums(bed, { webhook: bed.runs * THOUSAND, email: bed.runs * THOUSAND })
    broken.push(...sums.broken)
    broken.push(...(await endWell(product)))
    const [owed] = await bed.database.query<{ made: number; doubled: number }>(
      `SELECT count(*)::int AS made, (count(*) - count(DISTINCT (alert_id, action_id)))::int AS doubled
         FROM deliveries WHERE kind <> 'fold'`,
    )
    const ids = [...webhookSends(bed.http.received), ...emailSends(bed.smtp.received)]
    return proof({
      lost: lostAmong(await storedLogs(bed), bed),
      doubled: owed?.doubled ?? 0,
      missed: 2 * bed.runs * THOUSAND - (owed?.made ?? 0) + (await unsent(bed, new Set(ids))),
      repeated: repeats(ids),
      recoveredMs: [settledMs],
      broken,
      notes: [
        ...sums.notes,
        `at most, judging was ${Math.round(latest.judging)} s behind and sending ${Math.round(latest.sending)} s`,
        `each was judged within ${seconds(heardMs)} of the second in which the account had it, the last ${Math.round(judgedMs / 1_000)} s after the first came`,
      ],
    })
  },
}

/** Has so many come, evenly spread over a time. */
async function comeWithin(overMs: number, count: number, one: (n: number) => void): Promise<void> {
  const begunAt = performance.now()
  for (let n = 0; n < count;) {
    const due = Math.min(count, Math.ceil(((performance.now() - begunAt) / overMs) * count))
    while (n < due) one(n++)
    await pause(COMING_MS)
  }
}

/** The longest from the second of a record to the batch that judged it, in milliseconds. */
async function slowestToBeHeard(bed: Bed): Promise<number> {
  const [slowest] = await bed.database.query<{ ms: number }>(
    `SELECT coalesce(max(extract(epoch FROM f.at - l."timestamp")) * 1000, 0)::float8 AS ms
       FROM feed f JOIN logs l ON l.id = f.subject_id WHERE f.kind = 'log_added'`,
  )
  return slowest?.ms ?? 0
}

async function standing(bed: Bed): Promise<{ judged: number; owed: number }> {
  const [now] = await bed.database.query<{ judged: number; owed: number }>(
    `SELECT (SELECT count(*)::int FROM logs WHERE processed) AS judged,
            (SELECT count(*)::int FROM deliveries WHERE status = 'pending') AS owed`,
  )
  return now ?? { judged: 0, owed: 0 }
}

/** For how long what has waited longest waits: a log to be judged since it is stored, a delivery to be sent since it is due. */
async function lateSeconds(bed: Bed): Promise<Late> {
  const [late] = await bed.database.query<Late>(
    `SELECT coalesce(extract(epoch FROM now() - (SELECT l.created_at FROM log_transitions t JOIN logs l ON l.id = t.log_id
              WHERE NOT t.judged ORDER BY t.id LIMIT 1)), 0)::float8 AS judging,
            coalesce(extract(epoch FROM now() - (SELECT min(next_attempt_at) FROM deliveries
              WHERE status = 'pending' AND lease_token IS NULL AND next_attempt_at < now())), 0)::float8 AS sending`,
  )
  return late ?? { judging: 0, sending: 0 }
}

/** The most tries that began within any one minute, of those that share `by`: of messages that stand for themselves, and of those that stand for many. */
async function mostInAMinute(
  bed: Bed,
  kind: string,
  by: 'a.id' | 'a.action_type',
): Promise<{ single: number; folds: number }> {
  const [most] = await bed.database.query<{ single: number; folds: number }>(
    `WITH tries AS (
       SELECT t.at, ${by} AS by, d.kind = 'fold' AS folds FROM delivery_attempts t
         JOIN deliveries d ON d.id = t.delivery_id JOIN actions a ON a.id = d.action_id WHERE a.action_type = $1),
     counted AS (
       SELECT count(*) FILTER (WHERE NOT folds) OVER minute AS single, count(*) FILTER (WHERE folds) OVER minute AS folds
         FROM tries WINDOW minute AS (PARTITION BY by ORDER BY at RANGE BETWEEN interval '59 seconds' PRECEDING AND CURRENT ROW))
     SELECT coalesce(max(single), 0)::int AS single, coalesce(max(folds), 0)::int AS folds FROM counted`,
    [kind],
  )
  return most ?? { single: 0, folds: 0 }
}

async function makeRule(bed: Bed, product: Product, code: number): Promise<void> {
  await product.graphql('mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }', {
    input: {
      name: `storm of ${code}`,
      patternType: 'ERROR_CODE',
      patternValue: String(code),
      actions: [
        { actionType: 'WEBHOOK', config: { url: bed.http.url } },
        { actionType: 'EMAIL', config: { recipients: ['ops@example.com'] } },
      ],
    },
  })
}
