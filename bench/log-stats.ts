import {
  DeliveryVolumeDocument,
  ErrorCodeCountsDocument,
  FiringDocument,
  HealthDocument,
  MessageStatusesDocument,
  OverviewDocument,
  VolumeDocument,
} from '../client/src/api/documents.js'
import type { Database } from '../src/store/database.js'
import { insertAction, insertRule } from '../test/fixtures/rows.js'
import { ask } from './ask.js'
import { median, rounded, type Figure } from './figure.js'
import { secondsOf } from './stopwatch.js'

const ASKED = 9
/** As many as the overview draws. */
const BUCKETS = 48

/** By what the API tells logs apart, and the shortest that a database can be asked for the same. */
const dimensions = [
  { by: 'LOG_TYPE', words: 'type', key: 'log_type' },
  { by: 'STATUS', words: 'status', key: 'status' },
  { by: 'ERROR_CODE', words: 'error code', key: 'error_code' },
  { by: 'COUNTRY', words: 'country', key: 'left(to_number, 5)' },
] as const

type Dimension = (typeof dimensions)[number]

/** The logs of a whole table counted over time, through the GraphQL API of the running product, beside one GROUP BY without any time. */
export async function logStatsFigures(
  product: string,
  database: Database,
  count: number,
): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const since = await oldestTime(database)
  for (const dimension of dimensions)
    figures.push(await measure(product, database, { count, since, dimension }))
  return [...figures, await overviewAtOnce(product, database, { count, since })]
}

interface Whole {
  readonly count: number
  /** The time of the oldest log. */
  readonly since: string
}

/** What the panels of the overview ask when it is opened, by their own documents, all of it at the same time. */
async function overviewAtOnce(product: string, database: Database, { count, since }: Whole): Promise<Figure> {
  await deliverForEachFailure(database)
  const whole = { since, buckets: BUCKETS }
  const asked = [
    [HealthDocument, {}],
    [FiringDocument, {}],
    [OverviewDocument, { since }],
    [VolumeDocument, { ...whole, by: 'LOG_TYPE' }],
    [MessageStatusesDocument, whole],
    [ErrorCodeCountsDocument, { since }],
    [DeliveryVolumeDocument, whole],
  ] as const
  const bare = ['log_type', 'status', 'error_code'].map(
    (key) => `SELECT ${key}, count(*) FROM logs GROUP BY 1`,
  )
  const times = { stats: [] as number[], bare: [] as number[] }
  for (let round = 0; round < ASKED; round++) {
    times.stats.push(
      await secondsOf(() =>
        Promise.all(asked.map(([document, variables]) => ask(product, document.toString(), variables))),
      ),
    )
    times.bare.push(await secondsOf(() => Promise.all(bare.map((one) => database.query(one)))))
  }
  const [stats, grouped] = [median(times.stats), median(times.bare)]
  return {
    what: `what the panels of the overview ask of ${count.toLocaleString('en')} logs and a delivery for each failure, at once, beside three bare GROUP BYs`,
    measured: `${rounded(stats * 1_000)} ms, GROUP BYs ${rounded(grouped * 1_000)} ms`,
    value: stats / grouped,
    unit: '×',
    goal: { atMost: 2 },
  }
}

/** As if one rule had watched from the beginning: an alert and a delivery for each log with an error, the last hundred of which failed. */
async function deliverForEachFailure(database: Database): Promise<void> {
  const ruleId = await insertRule(database)
  const actionId = await insertAction(database, ruleId)
  await database.query(
    `WITH fired AS (
       INSERT INTO alerts (id, rule_id, log_id, summary, triggered_at, resolves_at)
       SELECT gen_random_uuid(), $1, id, 'it fired', timestamp, timestamp + interval '5 minutes' FROM logs WHERE error_code IS NOT NULL
       RETURNING id, triggered_at),
     owed AS (SELECT id, triggered_at, row_number() OVER (ORDER BY triggered_at DESC) <= 100 AS failed FROM fired)
     INSERT INTO deliveries (alert_id, rule_id, action_id, status, success, triggered_at, completed_at, attempt_count)
     SELECT id, $1, $2, CASE WHEN failed THEN 'failed' ELSE 'delivered' END, NOT failed, triggered_at, triggered_at + interval '1 second', 1
       FROM owed`,
    [ruleId, actionId],
  )
  await database.query('VACUUM (ANALYZE) alerts')
  await database.query('VACUUM (ANALYZE) deliveries')
}

async function oldestTime(database: Database): Promise<string> {
  const [oldest] = await database.query<{ at: Date }>(`SELECT min("timestamp") AS at FROM logs`)
  if (!oldest) throw new Error('there is no log')
  return oldest.at.toISOString()
}

async function measure(
  product: string,
  database: Database,
  { count, since, dimension: { by, words, key } }: Whole & { readonly dimension: Dimension },
): Promise<Figure> {
  const asked = `{ logStats(since: "${since}", buckets: ${BUCKETS}, by: ${by}) {
    total groups { key count } buckets { from total counts { key count } } } }`
  const { logStats } = (await ask(product, asked)) as { logStats: { total: number } }
  if (logStats.total !== count) throw new Error(`${logStats.total} of ${count} logs were counted`)
  const times = { stats: [] as number[], bare: [] as number[] }
  for (let round = 0; round < ASKED; round++) {
    times.stats.push(await secondsOf(() => ask(product, asked)))
    times.bare.push(await secondsOf(() => database.query(`SELECT ${key}, count(*) FROM logs GROUP BY 1`)))
  }
  const [stats, bare] = [median(times.stats), median(times.bare)]
  return {
    what: `\`logStats\` of ${count.toLocaleString('en')} logs by ${words} in ${BUCKETS} buckets, beside a bare GROUP BY`,
    measured: `${rounded(stats * 1_000)} ms, GROUP BY ${rounded(bare * 1_000)} ms`,
    value: stats / bare,
    unit: '×',
    goal: { atMost: 2 },
  }
}
