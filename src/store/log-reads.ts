import type { Log, LogTransition } from '../sources/log.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { type LogsSought, addLogFilter } from './log-filter.js'
import { COUNTED, type Page, type PageRequest, byId, countRows, readPage, toPage } from './page.js'

export const LOGS = {
  table: 'logs',
  order: 'timestamp',
  columns: `id, twilio_sid AS "twilioSid", account_sid AS "accountSid", log_type AS "logType", timestamp, status,
    error_code AS "errorCode", error_message AS "errorMessage", from_number AS "fromNumber", to_number AS "toNumber",
    text, raw_data AS "rawData", processed, created_at AS "createdAt", updated_at AS "updatedAt"`,
}

/** One transition and the log it belongs to. */
export interface LogTransitionOf extends LogTransition {
  readonly logId: string
}

/** A log as one of an alert's. */
export interface LogOfAlert extends Log {
  readonly ofAlertId: string
  /** Its own time as it was when it joined, by which they are ordered. */
  readonly joinedAt: Date
}

/** Reads logs as plain rows. */
export class LogReads {
  constructor(private readonly statements: Statements) {}

  /** Newest first by `timestamp`. */
  page(filter: LogsSought, request: PageRequest): Promise<Page<Log>> {
    return readPage<Log>(this.statements, LOGS, conditionsOf(filter), request)
  }

  /** Exact up to 10,000; 10,001 means more. */
  count(filter: LogsSought): Promise<number> {
    return countRows(this.statements, LOGS.table, conditionsOf(filter))
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Log>> {
    return byId(
      await this.statements.query<Log>(`SELECT ${LOGS.columns} FROM logs WHERE id = ANY($1::uuid[])`, [ids]),
    )
  }

  /** Of each of these alerts one page of the logs that it stands for, newest first. */
  async pagesOfAlerts(
    alertIds: readonly string[],
    { first, after }: PageRequest,
  ): Promise<ReadonlyMap<string, Page<LogOfAlert>>> {
    const rows = await this.statements.query<LogOfAlert>(
      `SELECT named.alert_id AS "ofAlertId", named.log_timestamp AS "joinedAt", ${LOGS.columns}
         FROM unnest($1::uuid[]) AS wanted(alert_id)
        CROSS JOIN LATERAL (
          SELECT * FROM alert_logs k
           WHERE k.alert_id = wanted.alert_id AND ($3::timestamptz IS NULL OR (k.log_timestamp, k.log_id) < ($3, $4::uuid))
           ORDER BY k.log_timestamp DESC, k.log_id DESC LIMIT $2) named
         JOIN logs ON id = named.log_id
        ORDER BY named.log_timestamp DESC, id DESC`,
      [alertIds, first + 1, after?.at ?? null, after?.id ?? null],
    )
    const named = new Map<string, LogOfAlert[]>(alertIds.map((alertId) => [alertId, []]))
    for (const row of rows) named.get(row.ofAlertId)?.push(row)
    return new Map([...named].map(([alertId, logs]) => [alertId, toPage(logs, first)]))
  }

  /** How many logs each of these alerts stands for: exact up to 10,000; 10,001 means more. */
  async countsOfAlerts(alertIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.statements.query<{ alertId: string; count: number }>(
      `SELECT wanted.alert_id AS "alertId", counted.count
         FROM unnest($1::uuid[]) AS wanted(alert_id)
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS count
            FROM (SELECT 1 FROM alert_logs k WHERE k.alert_id = wanted.alert_id LIMIT ${COUNTED}) few) counted`,
      [alertIds],
    )
    return new Map(rows.map(({ alertId, count }) => [alertId, count]))
  }

  /** In the order in which each log passed through them. */
  transitionsOf(logIds: readonly string[]): Promise<LogTransitionOf[]> {
    return this.statements.query<LogTransitionOf>(
      `SELECT log_id AS "logId", status, error_code AS "errorCode", at
       FROM log_transitions WHERE log_id = ANY($1::uuid[]) AND NOT completes ORDER BY log_id, id`,
      [logIds],
    )
  }
}

function conditionsOf(filter: LogsSought): Conditions {
  const where = new Conditions()
  addLogFilter(filter, where)
  return where
}
