import type { Delivery, DeliveryAttempt } from '../actions/delivery.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { type DeliveryFilter, addDeliveryFilter } from './delivery-filter.js'
import { IS_FAILING } from './failing-actions.js'
import { type Page, type PageRequest, byId, countRows, readPage } from './page.js'
import { IS_RETRIABLE } from './retriable-deliveries.js'

const DELIVERIES = {
  table: 'deliveries',
  order: 'triggered_at',
  columns: `id, alert_id AS "alertId", rule_id AS "ruleId", log_id AS "logId", action_id AS "actionId", status, success,
    attempt_count AS "attemptCount", action_result AS "actionResult", triggered_at AS "triggeredAt",
    next_attempt_at AS "nextAttemptAt", completed_at AS "completedAt", ${IS_FAILING} AS failing,
    ${IS_RETRIABLE} AS retriable`,
}

/** One attempt and the delivery it was made for. */
export interface DeliveryAttemptOf extends DeliveryAttempt {
  readonly deliveryId: string
}

/** Reads deliveries as plain rows. */
export class DeliveryReads {
  constructor(private readonly statements: Statements) {}

  /** Newest first by `triggeredAt`. */
  page(filter: DeliveryFilter, request: PageRequest): Promise<Page<Delivery>> {
    return readPage<Delivery>(this.statements, DELIVERIES, conditionsOf(filter), request)
  }

  /** Exact up to 10,000; 10,001 means more. */
  count(filter: DeliveryFilter): Promise<number> {
    return countRows(this.statements, DELIVERIES.table, conditionsOf(filter))
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
    return byId(
      await this.statements.query<Delivery>(
        `SELECT ${DELIVERIES.columns} FROM deliveries WHERE id = ANY($1::uuid[])`,
        [ids],
      ),
    )
  }

  /** Oldest first. */
  ofAlerts(alertIds: readonly string[]): Promise<Delivery[]> {
    return this.statements.query<Delivery>(
      `SELECT ${DELIVERIES.columns} FROM deliveries WHERE alert_id = ANY($1::uuid[]) ORDER BY triggered_at, id`,
      [alertIds],
    )
  }

  /** Those that have ended, in the order in which they were begun: one still running is nothing to tell of yet. */
  attemptsOf(deliveryIds: readonly string[]): Promise<DeliveryAttemptOf[]> {
    return this.statements.query<DeliveryAttemptOf>(
      `SELECT delivery_id AS "deliveryId", at, success, duration_ms AS "durationMs", status_code AS "statusCode", error, response
       FROM delivery_attempts WHERE delivery_id = ANY($1::uuid[]) AND ended_at IS NOT NULL ORDER BY delivery_id, id`,
      [deliveryIds],
    )
  }
}

function conditionsOf(filter: DeliveryFilter): Conditions {
  const where = new Conditions()
  addDeliveryFilter(filter, where)
  return where
}
