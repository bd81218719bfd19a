import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ingest } from '../src/ingest/ingest.js'
import type { Database } from '../src/store/database.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import type { Bench, Setting } from './bench.js'
import { median, type Figure } from './figure.js'
import { psql } from './psql.js'
import { productIngest } from './product-ingest.js'
import { PAGE, pageOf } from './sightings.js'
import { secondsOf } from './stopwatch.js'

const LOGS = 100_000
const ROUNDS = 3
/** Pages of each source that are made before the clock runs on. */
const AT_ONCE = 5
const TABLES = ['logs', 'log_transitions']

/** New logs as a poll stores them, page by page, beside a plain COPY of the very same rows into the very same tables. */
export const newLogs: Bench = { name: 'new-logs', needsPostgres: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const pages = Math.ceil(scaled(LOGS) / PAGE)
  const { database, url, close } = await openTestDatabase()
  const ingest = productIngest(database)
  const directory = await mkdtemp(join(tmpdir(), 'giftpulse-bench-'))
  const one: number[] = []
  const two: number[] = []
  const copied: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await empty(database)
      one.push(await storing(ingest, ['messages'], pages))
      await empty(database)
      two.push(await storing(ingest, ['messages', 'calls'], pages))
      await copy(url!, directory, 'TO')
      await empty(database)
      copied.push(await secondsOf(() => copy(url!, directory, 'FROM')))
    }
  } finally {
    await rm(directory, { recursive: true })
    await close()
  }
  const count = pages * PAGE
  return [
    figure('from one source', count, median(one), median(copied)),
    figure('from two sources at once, as they are polled', count, median(two), median(copied)),
  ]
}

/** The seconds spent in storing, the pages made beforehand and shared out among the sources. */
async function storing(
  ingest: Ingest,
  sources: readonly ('calls' | 'messages')[],
  pages: number,
): Promise<number> {
  const endsAt = new Date()
  let seconds = 0
  for (let page = 0; page < pages; page += sources.length * AT_ONCE) {
    const lists = await Promise.all(
      sources.map((source, place) =>
        Promise.all(
          Array.from({ length: AT_ONCE }, (_, index) => page + place * AT_ONCE + index)
            .filter((number) => number < pages)
            .map((number) => pageOf(source, number, endsAt)),
        ),
      ),
    )
    seconds += await secondsOf(() =>
      Promise.all(
        lists.map(async (list) => {
          for (const sightings of list) await ingest(sightings, [], { backfillBefore: null })
        }),
      ),
    )
  }
  return seconds
}

function copy(url: string, directory: string, way: 'TO' | 'FROM'): Promise<void> {
  return psql(
    url,
    TABLES.map((table) => `\\copy ${table} ${way} '${join(directory, table)}'`),
  )
}

async function empty(database: Database): Promise<void> {
  await database.query(`TRUNCATE ${TABLES.join(', ')}`)
  await database.query('CHECKPOINT')
}

function figure(from: string, count: number, product: number, limit: number): Figure {
  return {
    what: `${count.toLocaleString('en')} new logs stored ${from}, beside COPY of the same rows`,
    measured: `${perSecond(count / product)}, COPY ${perSecond(count / limit)}`,
    value: limit / product,
    unit: '×',
    goal: { atLeast: 0.45 },
  }
}

function perSecond(logs: number): string {
  return `${Math.round(logs).toLocaleString('en')} logs/s`
}
