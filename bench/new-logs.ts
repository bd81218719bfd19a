import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIngest } from '../src/ingest/ingest.js'
import { PostgresLogStore } from '../src/store/log-store.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import type { Bench, Setting } from './bench.js'
import { median, type Figure } from './figure.js'
import { psql } from './psql.js'
import { pagesOf, sightingsOfADay } from './sightings.js'
import { secondsOf } from './stopwatch.js'

const LOGS = 100_000
const ROUNDS = 3
const TABLES = ['logs', 'log_transitions']

/** New logs as a poll stores them, page by page, beside a plain COPY of the very same rows into the very same tables. */
export const newLogs: Bench = { name: 'new-logs', needsPostgres: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const pages = pagesOf(sightingsOfADay(scaled(LOGS), new Date()))
  const count = pages.flat().length
  const { database, url, close } = await openTestDatabase()
  const directory = await mkdtemp(join(tmpdir(), 'giftpulse-bench-'))
  const files = TABLES.map((table) => ({ table, file: join(directory, table) }))
  const copy = (way: 'TO' | 'FROM') =>
    psql(
      url!,
      files.map(({ table, file }) => `\\copy ${table} ${way} '${file}'`),
    )
  const ingest = createIngest(new PostgresLogStore(database), { pollIntervalSeconds: 300 }, () => new Date())
  const stored: number[] = []
  const copied: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await empty()
      stored.push(
        await secondsOf(async () => {
          for (const page of pages) await ingest(page, [], { backfillBefore: null })
        }),
      )
      await copy('TO')
      await empty()
      copied.push(await secondsOf(() => copy('FROM')))
    }
  } finally {
    await rm(directory, { recursive: true })
    await close()
  }
  const [product, limit] = [median(stored), median(copied)]
  return [
    {
      what: `${count.toLocaleString('en')} new logs stored, beside COPY of the same rows`,
      measured: `${perSecond(count / product)}, COPY ${perSecond(count / limit)}`,
      value: limit / product,
      unit: '×',
      goal: { atLeast: 0.45 },
    },
  ]

  async function empty(): Promise<void> {
    await database.query(`TRUNCATE ${TABLES.join(', ')}`)
    await database.query('CHECKPOINT')
  }
}

function perSecond(logs: number): string {
  return `${Math.round(logs).toLocaleString('en')} logs/s`
}
