import { createHash } from 'node:crypto'
import type { Hashed, LogStore, Write, WriteBatch } from '../ingest/ingest.js'
import type { StoredState } from '../ingest/compare.js'
import type { Unreadable } from '../sources/log.js'
import type { Database, Statements } from './database.js'

/**
 * Columns of a record as JSON gives them; one statement stores a whole page. The raw record comes as text within the JSON: nested,
 * Postgres would read it three times over, which took a third of the whole statement.
 */
const incoming = (parameter: string) => `json_to_recordset(${parameter}::json) AS incoming(
  twilio_sid text, account_sid text, log_type text, "timestamp" timestamptz, status text, error_code text, error_message text,
  from_number text, to_number text, text text, raw_json text, content_hash text, changed_at timestamptz, backfilled boolean,
  unfinished_since timestamptz, next_read_at timestamptz, stored_hash text, whole boolean, completes boolean)`

/** What a log takes from a sighting besides its state: from a part only where there was nothing, and a first whole record settles its time. */
const CONTENTS = `"timestamp" = CASE WHEN incoming.whole AND NOT logs.whole THEN incoming."timestamp" ELSE logs."timestamp" END,
  from_number = CASE WHEN incoming.whole THEN incoming.from_number ELSE coalesce(logs.from_number, incoming.from_number) END,
  to_number = CASE WHEN incoming.whole THEN incoming.to_number ELSE coalesce(logs.to_number, incoming.to_number) END,
  text = CASE WHEN incoming.whole THEN incoming.text ELSE coalesce(logs.text, incoming.text) END,
  raw_data = CASE WHEN incoming.whole THEN incoming.raw_json::jsonb ELSE logs.raw_data || incoming.raw_json::jsonb END,
  whole = incoming.whole, content_hash = incoming.content_hash, changed_at = incoming.changed_at,
  unfinished_since = incoming.unfinished_since, next_read_at = incoming.next_read_at`

/** Logs and their transitions, written as ingest decided. */
export class PostgresLogStore implements LogStore {
  constructor(private readonly database: Database) {}

  async lookUp(seen: readonly Hashed[]): Promise<Map<string, StoredState | null>> {
    const rows = await this.database.query<StoredState & { isStored: boolean }>(
      `SELECT seen.sid AS "twilioSid", logs.id IS NOT NULL AS "isStored", log_type AS "logType", "timestamp", status,
              error_code AS "errorCode", error_message AS "errorMessage", changed_at AS "changedAt", content_hash AS "contentHash",
              unfinished_since AS "unfinishedSince", next_read_at AS "nextReadAt", updated_at AS "updatedAt",
              whole AS "isWhole", text IS NOT NULL AS "hasText"
         FROM unnest($1::text[], $2::text[]) AS seen(sid, hash)
         -- LIMIT keeps it to one index probe for each; as a plain join it is at times planned as a scan of the whole table.
         LEFT JOIN LATERAL (SELECT * FROM logs WHERE twilio_sid = seen.sid LIMIT 1) logs ON true
        WHERE logs.content_hash IS DISTINCT FROM seen.hash OR logs.next_read_at IS NOT NULL`,
      [seen.map((one) => one.seen.twilioSid), seen.map((one) => one.contentHash)],
    )
    return new Map(rows.map((row) => [row.twilioSid, row.isStored ? row : null]))
  }

  async write(batch: WriteBatch): Promise<Set<string>> {
    const { fresh, changed, refreshed, postponed } = batch
    if (fresh.length + changed.length + refreshed.length + postponed.length === 0) return new Set()
    return this.database.transaction(async (tx) => {
      const written = [
        ...(fresh.length + changed.length > 0 ? await storeStates(tx, fresh, changed) : []),
        ...(refreshed.length > 0 ? await updateRefreshed(tx, refreshed) : []),
      ]
      if (postponed.length > 0) await postpone(tx, postponed)
      return new Set(written.map((row) => row.twilio_sid))
    })
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
  return tx.query<Written>(
    `WITH fresh AS (
       INSERT INTO logs (twilio_sid, account_sid, log_type, "timestamp", status, error_code, error_message, from_number, to_number,
                         text, raw_data, content_hash, changed_at, backfilled, unfinished_since, next_read_at, whole)
       SELECT twilio_sid, account_sid, log_type, "timestamp", status, error_code, error_message, from_number, to_number,
              text, raw_json::jsonb, content_hash, changed_at, backfilled, unfinished_since, next_read_at, whole FROM ${incoming('$1')}
       ORDER BY twilio_sid
       ON CONFLICT (twilio_sid) DO NOTHING
       RETURNING id, true AS first, false AS completes, twilio_sid, "timestamp", status, error_code, error_message),
     changed AS (
       UPDATE logs SET status = incoming.status, error_code = incoming.error_code, error_message = incoming.error_message,
              ${CONTENTS}, processed = false, updated_at = CASE WHEN incoming.completes THEN logs.updated_at ELSE now() END
         FROM ${incoming('$2')}
        WHERE logs.twilio_sid = incoming.twilio_sid AND logs.content_hash = incoming.stored_hash
       RETURNING logs.id, false, incoming.completes, logs.twilio_sid, logs."timestamp", logs.status, logs.error_code, logs.error_message),
     stored AS (SELECT * FROM fresh UNION ALL SELECT * FROM changed),
     passed AS (
       INSERT INTO log_transitions (log_id, first, completes, status, error_code, error_message)
       SELECT id, first, completes, status, error_code, error_message FROM stored ORDER BY "timestamp", twilio_sid COLLATE "C")
     SELECT twilio_sid FROM stored`,
    [asJson(fresh), asJson(changed)],
  )
}

function updateRefreshed(tx: Statements, writes: readonly Write[]): Promise<Written[]> {
  return tx.query<Written>(
    `UPDATE logs SET ${CONTENTS}
       FROM ${incoming('$1')}
      WHERE logs.twilio_sid = incoming.twilio_sid AND logs.content_hash = incoming.stored_hash
     RETURNING logs.twilio_sid`,
    [asJson(writes)],
  )
}

async function postpone(tx: Statements, postponed: WriteBatch['postponed']): Promise<void> {
  await tx.query(
    `UPDATE logs SET next_read_at = later.at
       FROM unnest($1::text[], $2::timestamptz[]) AS later(sid, at) WHERE logs.twilio_sid = later.sid`,
    [postponed.map((log) => log.twilioSid), postponed.map((log) => log.nextReadAt)],
  )
}

function asJson(writes: readonly Write[]): string {
  return JSON.stringify(
    writes.map(
      ({ seen, rawJson, contentHash, backfilled, completes, unfinishedSince, nextReadAt, stored }) => ({
        twilio_sid: seen.twilioSid,
        account_sid: seen.accountSid,
        log_type: seen.logType,
        timestamp: seen.timestamp,
        status: seen.status,
        error_code: seen.errorCode,
        error_message: seen.errorMessage,
        from_number: seen.fromNumber,
        to_number: seen.toNumber,
        text: seen.text,
        raw_json: rawJson,
        content_hash: contentHash,
        changed_at: seen.changedAt,
        backfilled,
        unfinished_since: unfinishedSince,
        next_read_at: nextReadAt,
        stored_hash: stored?.contentHash,
        whole: seen.isWhole,
        completes,
      }),
    ),
  )
}
