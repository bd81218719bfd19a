import type { Log, LogTransition } from '../sources/log.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { type LogsSought, addLogFilter } from './log-filter.js'
import { type Page, type PageRequest, byId, countRows, readPage } from './page.js'

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
