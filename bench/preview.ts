import { PatternType } from '../src/rules/rule.js'
import type { RuleSettings } from '../src/rules/check-rule.js'
import { createPreview } from '../src/preview/preview.js'
import type { Database } from '../src/store/database.js'
import { StoredHistory } from '../src/store/history.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import type { Bench, Setting } from './bench.js'
import { median, rounded, type Figure } from './figure.js'
import { secondsOf } from './stopwatch.js'

const LOGS = 100_000
const ROUNDS = 5
const INSERTED_AT_ONCE = 20_000
const DAY_MS = 24 * 3_600_000

/** How much of the history each rule matches is said in its words. */
const rules: readonly { readonly words: string; readonly settings: Partial<RuleSettings> }[] = [
  { words: 'one error code, 1 %', settings: { patternValue: '30003' } },
  {
    words: 'a regex without a word to look for',
    settings: { patternType: PatternType.REGEX, patternValue: '\\bcode is \\d+7$' },
  },
  {
    words: 'a status that all pass through',
    settings: { patternType: PatternType.STATUS, patternValue: 'sent' },
  },
  {
    words: 'a threshold that counts all',
    settings: {
      patternType: PatternType.THRESHOLD,
      patternValue: null,
      thresholdCount: 100,
      thresholdWindowMinutes: 5,
      cooldownMinutes: 30,
    },
  },
]

/** A rule tried over a day of stored logs, beside one statement that only reads the same rows. */
export const preview: Bench = { name: 'preview', needsPostgres: false, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const { database, close } = await openTestDatabase()
  try {
    const count = scaled(LOGS)
    await insertHistory(database, count)
    const read = await medianMs(() => readAll(database))
    const figures: Figure[] = []
    for (const { words, settings } of rules)
      figures.push(await measure(database, count, words, settings, read))
    return figures
  } finally {
    await close()
  }
}

async function measure(
  database: Database,
  count: number,
  words: string,
  settings: Partial<RuleSettings>,
  readMs: number,
): Promise<Figure> {
  // Its clock stands still, so that it comes to the end however slow the machine is.
  const tryRule = createPreview(new StoredHistory(database), () => 0)
  const until = new Date()
  const trial = {
    settings: { ...plain, ...settings },
    actionCount: 1,
    span: { since: new Date(until.getTime() - DAY_MS), until },
    includeBackfilled: false,
    textAsJudged: null,
  }
  let told = ''
  const ms = await medianMs(async () => {
    const { logCount, matchCount, alertCount } = await tryRule(trial)
    if (logCount !== count) throw new Error(`only ${logCount} of ${count} logs were looked at`)
    told = `${matchCount.toLocaleString('en')} matches, ${alertCount.toLocaleString('en')} alerts`
  })
  return {
    what: `a rule tried over ${count.toLocaleString('en')} logs and twice as many states (${words})`,
    measured: `${told}; only reading all of it takes ${rounded(readMs)} ms`,
    value: ms,
    unit: 'ms',
    goal: { atMost: 5_000 },
  }
}

const plain: RuleSettings = {
  name: 'a trial',
  description: null,
  logType: null,
  patternType: PatternType.ERROR_CODE,
  patternValue: null,
  thresholdCount: null,
  thresholdWindowMinutes: null,
  cooldownMinutes: 0,
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await secondsOf(work))
  return median(times) * 1_000
}

function readAll(database: Database): Promise<unknown> {
  return database.query(
    `SELECT l.id, l.twilio_sid, l.log_type, l.text, l.backfilled, l."timestamp", t.id, t.first, t.at, t.status, t.error_code, t.error_message
       FROM logs l JOIN log_transitions t ON t.log_id = l.id ORDER BY t.id`,
  )
}

/** A day of messages, each seen as sent and then as what became of it. */
async function insertHistory(database: Database, count: number): Promise<void> {
  for (let from = 0; from < count; from += INSERTED_AT_ONCE)
    await database.query(
      `WITH fresh AS (
         INSERT INTO logs (twilio_sid, account_sid, log_type, timestamp, status, error_code, error_message, from_number, to_number,
                           text, raw_data, content_hash, processed, updated_at)
         SELECT 'SM' || md5(n::text), 'AC0123456789abcdef0123456789abcdef', 'message',
                now() - interval '1 minute' - n * (interval '23 hours' / $3), CASE WHEN n % 100 = 1 THEN 'undelivered' ELSE 'delivered' END,
                CASE WHEN n % 100 = 1 THEN '30003' END, CASE WHEN n % 100 = 1 THEN 'Unreachable destination handset' END,
                '+12025550110', '+1202555' || lpad((n % 10000)::text, 4, '0'), 'Your code is ' || n, '{"price":"-0.00790"}', md5(n::text), true, now() + interval '5 seconds'
           FROM generate_series($1::int, $2::int) AS n RETURNING id, "timestamp", status, error_code, error_message)
       INSERT INTO log_transitions (log_id, first, status, error_code, error_message, judged, at)
       SELECT id, true, 'sent', NULL, NULL, true, "timestamp" FROM fresh
       UNION ALL SELECT id, false, status, error_code, error_message, true, "timestamp" + interval '5 seconds' FROM fresh`,
      [from, Math.min(from + INSERTED_AT_ONCE, count) - 1, count],
    )
  // As autovacuum would have done by then.
  await database.query('VACUUM (ANALYZE) logs')
  await database.query('VACUUM (ANALYZE) log_transitions')
}
