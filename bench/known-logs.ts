import { contentHashOf } from '../src/ingest/compare.js'
import type { Sighting } from '../src/sources/log.js'
import type { Database } from '../src/store/database.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import type { Bench, Setting } from './bench.js'
import { median, type Figure } from './figure.js'
import { productIngest } from './product-ingest.js'
import { PAGE, pageOf } from './sightings.js'
import { secondsOf } from './stopwatch.js'

const LOGS = 50_000
const ROUNDS = 3
/** One in so many has changed since the last poll. */
const CHANGED_ONE_IN = 50

/** A poll that reads again what is mostly known, beside an upsert that writes every record it is given. */
export const knownLogs: Bench = { name: 'known-logs', needsPostgres: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const pages = Math.ceil(scaled(LOGS) / PAGE)
  const endsAt = new Date()
  const { database, close } = await openTestDatabase()
  const ingest = productIngest(database)
  const store = async (page: readonly Sighting[]) => void (await ingest(page, [], { backfillBefore: null }))
  const polled: number[] = []
  const upserted: number[] = []
  try {
    await poll(0, store)
    for (let round = 1; round <= 2 * ROUNDS; round += 2) {
      polled.push(await poll(round, store))
      upserted.push(await poll(round + 1, (page) => upsert(database, page)))
    }
  } finally {
    await close()
  }
  const [product, peer] = [median(polled), median(upserted)]
  return [
    {
      what: `a poll of ${(pages * PAGE).toLocaleString('en')} known logs, 2 % changed, beside DO UPDATE always`,
      measured: `${product.toFixed(2)} s, DO UPDATE always ${peer.toFixed(2)} s`,
      value: peer / product,
      unit: '×',
      goal: { atLeast: 6 },
    },
  ]

  /** The same records as in the round before but for 2 %; answers the seconds spent in storing them. */
  async function poll(
    round: number,
    storePage: (page: readonly Sighting[]) => Promise<void>,
  ): Promise<number> {
    // Nothing is left to do of what the round before left behind.
    await database.query('VACUUM (ANALYZE) logs')
    await database.query('CHECKPOINT')
    let seconds = 0
    for (let page = 0; page < pages; page++) {
      const seen = (await pageOf('messages', page, endsAt)).map((record, index) => {
        const changes = index % CHANGED_ONE_IN
        return changes >= 1 && changes <= round ? changed(record, changes) : record
      })
      seconds += await secondsOf(() => storePage(seen))
    }
    return seconds
  }
}

function changed(seen: Sighting, round: number): Sighting {
  const changedAt = new Date((seen.changedAt ?? seen.timestamp).getTime() + 1_000 * (round + 1))
  const errorCode = String(30_001 + round)
  const rawData = {
    ...(seen.rawData as object),
    error_code: errorCode,
    date_updated: changedAt.toUTCString(),
  }
  return { ...seen, changedAt, errorCode, rawData }
}

/** The obvious way: no look-up, every record written over what is there; it does not even note what changed. */
async function upsert(database: Database, page: readonly Sighting[]): Promise<void> {
  await database.query(
    `INSERT INTO logs (twilio_sid, account_sid, log_type, "timestamp", status, error_code, error_message, from_number, to_number,
                         text, raw_data, content_hash, changed_at)
       SELECT "twilioSid", "accountSid", "logType", "timestamp", "status", "errorCode", "errorMessage", "fromNumber", "toNumber",
              "text", "rawJson"::jsonb, "contentHash", "changedAt"
         FROM json_to_recordset($1::json) AS incoming("twilioSid" text, "accountSid" text, "logType" text, "timestamp" timestamptz,
              "status" text, "errorCode" text, "errorMessage" text, "fromNumber" text, "toNumber" text, "text" text, "rawJson" text,
              "contentHash" text, "changedAt" timestamptz)
       ON CONFLICT (twilio_sid) DO UPDATE SET status = excluded.status, error_code = excluded.error_code,
         error_message = excluded.error_message, from_number = excluded.from_number, to_number = excluded.to_number,
         text = excluded.text, raw_data = excluded.raw_data, content_hash = excluded.content_hash,
         changed_at = excluded.changed_at, updated_at = now()
       RETURNING xmax = 0 AS is_new`,
    [JSON.stringify(page.map(asColumns))],
  )
}

function asColumns(seen: Sighting) {
  const { rawData, ...columns } = seen
  const rawJson = JSON.stringify(rawData)
  return { ...columns, rawJson, contentHash: contentHashOf(seen, rawJson) }
}
