import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { emailSends, endWell, webhookSends } from '../ledgers.js'
import { until } from '../until.js'
import { addMessages, recordedSids, untilSwept } from '../work.js'

const THOUSAND = 1_000
/** The limits as they are when nobody sets them. */
const EMAILS_A_MINUTE = 20
const SENDS_A_MINUTE = 1_000
const MINUTE_MS = 60_000

interface Told {
  readonly type: string
  readonly data: { readonly foldedCount?: number }
}

export const alertStorm: Fault = {
  row: 25,
  name: 'a storm: each run is a thousand matching logs, all at once, to a webhook and to an email',
  needs: ['server'],
  runs: 100,
  run: async (bed) => {
    const product = await bed.ready()
    await product.graphql(
      'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
      {
        input: {
          name: 'storm',
          patternType: 'ERROR_CODE',
          patternValue: '30003',
          actions: [
            { actionType: 'WEBHOOK', config: { url: bed.http.url } },
            { actionType: 'EMAIL', config: { recipients: ['ops@example.com'] } },
          ],
        },
      },
    )
    await untilSwept(product)
    addMessages(bed, { failed: bed.runs * THOUSAND })
    let oldest = 0
    let toldAt = 0
    const settledMs = await until(
      'all is judged and nothing is owed',
      async () => {
        const now = await standing(bed)
        oldest = Math.max(oldest, now.lateMs)
        if (performance.now() - toldAt > 10_000) {
          toldAt = performance.now()
          bed.progress(`${now.judged} judged, ${now.owed} owed`)
        }
        return now.judged >= bed.runs * THOUSAND && now.owed === 0
      },
      20 * MINUTE_MS,
    )
    const broken: string[] = []
    if (oldest > MINUTE_MS) broken.push(`the queue was ${Math.round(oldest / 1_000)} s behind`)
    for (const [kind, cap] of [
      ['webhook', SENDS_A_MINUTE],
      ['email', EMAILS_A_MINUTE],
    ] as const) {
      const most = await mostInAMinute(bed, kind)
      if (most.single > cap) broken.push(`${most.single} sends of the ${kind} in a minute`)
      if (most.folds > 2) broken.push(`${most.folds} folding messages of the ${kind} in a minute`)
    }
    broken.push(...(await miscounted(bed)))
    broken.push(...(await endWell(product)))
    const logs = await bed.database.query<{ sid: string }>('SELECT twilio_sid AS sid FROM logs')
    const stored = new Set(logs.map(({ sid }) => sid))
    const [owed] = await bed.database.query<{ made: number; doubled: number }>(
      `SELECT count(*)::int AS made, (count(*) - count(DISTINCT (alert_id, action_id)))::int AS doubled
         FROM deliveries WHERE kind <> 'fold'`,
    )
    const ids = [...webhookSends(bed.http.received), ...emailSends(bed.smtp.received)]
    return proof({
      lost: recordedSids(bed).filter((sid) => !stored.has(sid)).length,
      doubled: owed?.doubled ?? 0,
      missed: 2 * bed.runs * THOUSAND - (owed?.made ?? 0) + (await unsent(bed, new Set(ids))),
      repeated: ids.length - new Set(ids).size,
      recoveredMs: [settledMs],
      broken,
      notes: [`the queue was ${Math.round(oldest / 1_000)} s behind at most`],
    })
  },
}

async function standing(bed: Bed): Promise<{ judged: number; owed: number; lateMs: number }> {
  const [now] = await bed.database.query<{ judged: number; owed: number; lateMs: number }>(
    `SELECT (SELECT count(*)::int FROM logs WHERE processed) AS judged,
            (SELECT count(*)::int FROM deliveries WHERE status = 'pending') AS owed,
            (SELECT coalesce(extract(epoch FROM now() - min(next_attempt_at)) * 1000, 0)::int
               FROM deliveries WHERE status = 'pending' AND lease_token IS NULL AND next_attempt_at < now()) AS "lateMs"`,
  )
  return now ?? { judged: 0, owed: 0, lateMs: 0 }
}

/** The most tries that began within any one minute: of messages that stand for themselves, and of those that stand for many. */
async function mostInAMinute(bed: Bed, kind: string): Promise<{ single: number; folds: number }> {
  const [most] = await bed.database.query<{ single: number; folds: number }>(
    `WITH tries AS (
       SELECT t.at, d.kind = 'fold' AS folds FROM delivery_attempts t
         JOIN deliveries d ON d.id = t.delivery_id JOIN actions a ON a.id = d.action_id WHERE a.action_type = $1),
     counted AS (
       SELECT count(*) FILTER (WHERE NOT folds) OVER minute AS single, count(*) FILTER (WHERE folds) OVER minute AS folds
         FROM tries WINDOW minute AS (ORDER BY at RANGE BETWEEN interval '59 seconds' PRECEDING AND CURRENT ROW))
     SELECT coalesce(max(single), 0)::int AS single, coalesce(max(folds), 0)::int AS folds FROM counted`,
    [kind],
  )
  return most ?? { single: 0, folds: 0 }
}

/** What the folding messages said they stand for, against what was folded into them. */
async function miscounted(bed: Bed): Promise<string[]> {
  const folded = await bed.database.query<{ id: string; count: number; kind: string }>(
    `SELECT f.id, count(*)::int AS count, a.action_type AS kind FROM deliveries d JOIN deliveries f ON f.id = d.folded_into
       JOIN actions a ON a.id = f.action_id WHERE d.status = 'suppressed' GROUP BY f.id, a.action_type`,
  )
  const [suppressed] = await bed.database.query<{ count: number }>(
    `SELECT count(*)::int FROM deliveries WHERE status = 'suppressed' AND folded_into IS NULL`,
  )
  const told = new Map(
    bed.http.received.map(({ headers, body }) => [
      String(headers['webhook-id']),
      (JSON.parse(body) as Told).data.foldedCount ?? 0,
    ]),
  )
  return [
    ...folded
      .filter(({ id, count, kind }) => kind === 'webhook' && told.get(id) !== count)
      .map(({ id, count }) => `a message says ${told.get(id)} and stands for ${count}`),
    ...(suppressed?.count ? [`${suppressed.count} suppressed without a message that stands for them`] : []),
  ]
}

/** Deliveries that count as made and that no sink got. */
async function unsent(bed: Bed, sent: ReadonlySet<string>): Promise<number> {
  const made = await bed.database.query<{ id: string }>(
    `SELECT id FROM deliveries WHERE status = 'delivered'`,
  )
  return made.filter(({ id }) => !sent.has(id)).length
}
