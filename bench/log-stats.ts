import type { Database } from '../src/store/database.js'
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

/** What the overview asks when it is opened, all of it at the same time. */
async function overviewAtOnce(product: string, database: Database, { count, since }: Whole): Promise<Figure> {
  const counts = 'total groups { key count } buckets { from total counts { key count } }'
  const asked = [
    `{ logStats(since: "${since}", buckets: ${BUCKETS}, by: LOG_TYPE) { ${counts} } }`,
    `{ logStats(since: "${since}", buckets: ${BUCKETS}, by: STATUS, filter: { logType: [MESSAGE] }) { ${counts} } }`,
    `{ logStats(since: "${since}", buckets: 1, by: ERROR_CODE) { total groups { key count } } }`,
    `{ deliveryStats(since: "${since}", buckets: ${BUCKETS}) { total groups { key count } } }`,
  ]
  const bare = ['log_type', 'status', 'error_code'].map(
    (key) => `SELECT ${key}, count(*) FROM logs GROUP BY 1`,
  )
  const times = { stats: [] as number[], bare: [] as number[] }
  for (let round = 0; round < ASKED; round++) {
    times.stats.push(await secondsOf(() => Promise.all(asked.map((one) => ask(product, one)))))
    times.bare.push(await secondsOf(() => Promise.all(bare.map((one) => database.query(one)))))
  }
  const [stats, grouped] = [median(times.stats), median(times.bare)]
  return {
    what: `all that the overview counts of ${count.toLocaleString('en')} logs, at once, beside three bare GROUP BYs`,
    measured: `${rounded(stats * 1_000)} ms, GROUP BYs ${rounded(grouped * 1_000)} ms`,
    value: stats / grouped,
    unit: '×',
    goal: { atMost: 2 },
  }
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
