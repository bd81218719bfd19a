import { createHash } from 'node:crypto'
import { byTimeThenSid, type Hashed, type LogStore, type Write, type WriteBatch } from '../ingest/ingest.js'
import type { StoredState } from '../ingest/compare.js'
import type { Unreadable } from '../sources/log.js'
import { binaryArray } from './binary-array.js'
import type { Database, Statements } from './database.js'
import { arraysOf, incoming, inserted, namesOf, refreshing, updated } from './log-columns.js'

/** What a log takes from a sighting besides its state: from a part only where there was nothing, and a first whole record settles its time. */
const TAKES_CONTENTS = `"timestamp" = CASE WHEN incoming.whole AND NOT logs.whole THEN incoming."timestamp" ELSE logs."timestamp" END,
  from_number = CASE WHEN incoming.whole THEN incoming.from_number ELSE coalesce(logs.from_number, incoming.from_number) END,
  to_number = CASE WHEN incoming.whole THEN incoming.to_number ELSE coalesce(logs.to_number, incoming.to_number) END,
  text = CASE WHEN incoming.whole THEN incoming.text ELSE coalesce(logs.text, incoming.text) END,
  raw_data = CASE WHEN incoming.whole THEN incoming.raw_data ELSE logs.raw_data || incoming.raw_data END,
  whole = incoming.whole, content_hash = incoming.content_hash, changed_at = incoming.changed_at,
  unfinished_since = incoming.unfinished_since, next_read_at = incoming.next_read_at`

/** Logs and their transitions, written as ingest decided. */
export class PostgresLogStore implements LogStore {
  constructor(private readonly database: Database) {}

  async lookUp(seen: readonly Hashed[]): Promise<Map<string, StoredState | null>> {
    const texts = (of: (one: Hashed) => string) => binaryArray('text', seen.map(of))
    const rows = await this.database.query<StoredState & { isStored: boolean }>(
      `SELECT seen.sid AS "twilioSid", logs.id IS NOT NULL AS "isStored", log_type AS "logType", "timestamp", status,
              error_code AS "errorCode", error_message AS "errorMessage", changed_at AS "changedAt", content_hash AS "contentHash",
              unfinished_since AS "unfinishedSince", next_read_at AS "nextReadAt", updated_at AS "updatedAt",
              whole AS "isWhole", text IS NOT NULL AS "hasText"
         FROM unnest($1::text[], $2::text[]) AS seen(sid, hash)
         -- LIMIT keeps it to one index probe for each; as a plain join it is at times planned as a scan of the whole table.
         LEFT JOIN LATERAL (SELECT * FROM logs WHERE twilio_sid = seen.sid LIMIT 1) logs ON true
        WHERE logs.content_hash IS DISTINCT FROM seen.hash OR logs.next_read_at IS NOT NULL`,
      [texts((one) => one.seen.twilioSid), texts((one) => one.contentHash)],
    )
    return new Map(rows.map((row) => [row.twilioSid, row.isStored ? row : null]))
  }

  async write({ fresh, changed, refreshed, postponed }: WriteBatch): Promise<Set<string>> {
    const steps = [
      ...(fresh.length + changed.length > 0 ? [(tx: Statements) => storeStates(tx, fresh, changed)] : []),
      ...(refreshed.length > 0 ? [(tx: Statements) => updateRefreshed(tx, refreshed)] : []),
      ...(postponed.length > 0 ? [(tx: Statements) => postpone(tx, postponed)] : []),
    ]
    const rows = await this.database.inOneGo(steps)
    return new Set(rows.flat().map((row) => row.twilio_sid))
  }

  async droppedBefore(): Promise<Date | null> {
    const [state] = await this.database.query<{ at: Date | null }>(
      `SELECT logs_dropped_before AS at FROM system_state`,
    )
    return state?.at ?? null
  }

  async keepUnreadable(unreadable: readonly Unreadable[]): Promise<void> {
    for (const { accountSid, source, reason, record } of unreadable)
      await this.database.query(
        `INSERT INTO unreadable_records (digest, account_sid, source, reason, record) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (digest) DO NOTHING`,
        [
          createHash('sha256').update(`${source} ${record}`).digest('hex'),
          accountSid,
          source,
          reason,
          record,
        ],
      )
  }
}

interface Written {
  readonly twilio_sid: string
}

/**
 * New logs and changed ones with the status they now have. The order of the transitions is the order of judging, so those of both
 * are written by one statement: logs stored together go by time, then SID, byte by byte whatever the database's own collation.
 */
function storeStates(tx: Statements, fresh: readonly Write[], changed: readonly Write[]): Promise<Written[]> {
  // In the order of judging already: then those who store the same logs at the same time do not wait for each other in a circle.
  const parameters = [...arraysOf(updated, changed), ...arraysOf(inserted, fresh.toSorted(byTimeThenSid))]
  return tx.query<Written>(
    `WITH fresh AS (
       INSERT INTO logs (${namesOf(inserted)})
       SELECT ${namesOf(inserted)} FROM ${incoming(inserted, 1 + updated.length)}
       ON CONFLICT (twilio_sid) DO NOTHING
       RETURNING id, true AS first, false AS completes, twilio_sid, "timestamp", status, error_code, error_message),
     changed AS (
       UPDATE logs SET status = incoming.status, error_code = incoming.error_code, error_message = incoming.error_message,
              ${TAKES_CONTENTS}, processed = false, updated_at = CASE WHEN incoming.completes THEN logs.updated_at ELSE now() END
         FROM ${incoming(updated, 1)}
        WHERE logs.twilio_sid = incoming.sid AND logs.content_hash = incoming.stored_hash
       RETURNING logs.id, false, incoming.completes, logs.twilio_sid, logs."timestamp", logs.status, logs.error_code, logs.error_message),
     stored AS (SELECT * FROM fresh UNION ALL SELECT * FROM changed),
     passed AS (
       INSERT INTO log_transitions (log_id, first, completes, status, error_code, error_message)
       SELECT id, first, completes, status, error_code, error_message FROM stored ORDER BY "timestamp", twilio_sid COLLATE "C")
     SELECT twilio_sid FROM stored`,
    parameters,
  )
}

function updateRefreshed(tx: Statements, writes: readonly Write[]): Promise<Written[]> {
  return tx.query<Written>(
    `UPDATE logs SET ${TAKES_CONTENTS} FROM ${incoming(refreshing, 1)}
      WHERE logs.twilio_sid = incoming.sid AND logs.content_hash = incoming.stored_hash
     RETURNING logs.twilio_sid`,
    arraysOf(refreshing, writes),
  )
}

function postpone(tx: Statements, postponed: WriteBatch['postponed']): Promise<Written[]> {
  return tx.query<Written>(
    `UPDATE logs SET next_read_at = later.at
       FROM unnest($1::text[], $2::timestamptz[]) AS later(sid, at) WHERE logs.twilio_sid = later.sid`,
    [postponed.map((log) => log.twilioSid), postponed.map((log) => log.nextReadAt)],
  )
}
