import type { Database } from '../src/store/database.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import { endProducts } from '../test/fixtures/product.js'
import { ask } from './ask.js'
import type { Bench, Setting } from './bench.js'
import { median, rounded, type Figure } from './figure.js'
import { logStatsFigures } from './log-stats.js'
import { runProduct } from './product.js'
import { secondsOf } from './stopwatch.js'

const LOGS = 1_000_000
const INSERTED_AT_ONCE = 50_000
const ASKED = 200

const FIELDS = `nodes { id twilioSid logType timestamp status errorCode errorMessage fromNumber toNumber processed createdAt }
  pageInfo { hasNextPage endCursor }`

/** How many logs each filter leaves of a million is said in its words. */
const filters = [
  { words: 'all', filter: '' },
  { words: 'one type, 80 %', filter: ', filter: { logType: [MESSAGE] }' },
  { words: 'one error code, 1 %', filter: ', filter: { errorCode: ["30003"] }' },
]

/**
 * A page of logs with its `totalCount` beside the same page without it, and the counts of all of them over time, through the GraphQL
 * API of the running product.
 */
export const counting: Bench = { name: 'counting', needsPostgres: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const { database, url, close } = await openTestDatabase()
  try {
    const count = scaled(LOGS)
    await insertLogs(database, count)
    const product = await runProduct(url!)
    const figures: Figure[] = []
    for (const { words, filter } of filters) figures.push(await measure(product, count, words, filter))
    return [...figures, ...(await logStatsFigures(product, database, count))]
  } finally {
    await endProducts()
    await close()
  }
}

async function measure(product: string, count: number, words: string, filter: string): Promise<Figure> {
  const page = `{ logs(first: 50${filter}) { ${FIELDS} } }`
  const counted = `{ logs(first: 50${filter}) { totalCount ${FIELDS} } }`
  const times = { page: [] as number[], counted: [] as number[] }
  for (let asked = 0; asked < ASKED; asked++) {
    times.page.push(await secondsOf(() => ask(product, page)))
    times.counted.push(await secondsOf(() => ask(product, counted)))
  }
  const [without, withCount] = [median(times.page), median(times.counted)]
  return {
    what: `\`totalCount\` on ${count.toLocaleString('en')} logs (${words}), beside the page without it`,
    measured: `${rounded(withCount * 1_000)} ms, without ${rounded(without * 1_000)} ms`,
    value: withCount / without,
    unit: '×',
    goal: { atMost: 2 },
  }
}

/** Messages and calls as they lie there after months: judged, finished, one in a hundred undelivered. */
async function insertLogs(database: Database, count: number): Promise<void> {
  for (let from = 0; from < count; from += INSERTED_AT_ONCE)
    await database.query(
      `INSERT INTO logs (twilio_sid, account_sid, log_type, timestamp, status, error_code, error_message, from_number, to_number,
                         text, raw_data, content_hash, processed)
       SELECT 'SM' || md5(n::text), 'AC0123456789abcdef0123456789abcdef', CASE WHEN n % 5 = 0 THEN 'call' ELSE 'message' END,
              now() - n * interval '5 seconds', CASE WHEN n % 100 = 1 THEN 'undelivered' ELSE 'delivered' END,
              CASE WHEN n % 100 = 1 THEN '30003' END, CASE WHEN n % 100 = 1 THEN 'Unreachable destination handset' END,
              '+12025550110', '+1' || 201 + n % 700 || '555' || lpad((n % 10000)::text, 4, '0'), 'Your code is ' || n,
              jsonb_build_object('sid', 'SM' || md5(n::text), 'body', 'Your code is ' || n, 'num_segments', '1', 'price', '-0.00790',
                                 'direction', 'outbound-api', 'uri', '/2010-04-01/Accounts/AC/Messages/' || md5(n::text) || '.json'),
              md5(n::text), true
         FROM generate_series($1::int, $2::int) AS n`,
      [from, Math.min(from + INSERTED_AT_ONCE, count) - 1],
    )
  // As autovacuum would have done by then.
  await database.query('VACUUM (ANALYZE) logs')
}
