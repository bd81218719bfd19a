import type { Delivery, DeliveryStatus } from '../actions/delivery.js'
import type { Conditions } from './conditions.js'
import { IS_FAILING } from './failing-actions.js'
import { type Given, listed } from './given.js'
import { IS_RETRIABLE } from './retriable-deliveries.js'
import { isUuid } from './uuid.js'

/** Which deliveries are wanted; what is left out, null or an empty list excludes nothing. */
export type DeliveryFilter = Given<{
  readonly alertId: string
  readonly ruleId: readonly string[]
  readonly actionId: readonly string[]
  readonly status: readonly DeliveryStatus[]
  readonly failing: boolean
  readonly retriable: boolean
  /** By the time its alert was triggered; inclusive. */
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}>

/** The filter for a page: said to the database. `matchesDelivery` says the same of one row. */
export function addDeliveryFilter(filter: DeliveryFilter, where: Conditions): void {
  const [ruleId, actionId, status] = [listed(filter.ruleId), listed(filter.actionId), listed(filter.status)]
  if (filter.alertId != null) where.andOneOf('alert_id', [filter.alertId].filter(isUuid), 'uuid')
  if (ruleId) where.andOneOf('rule_id', ruleId.filter(isUuid), 'uuid')
  if (actionId) where.andOneOf('action_id', actionId.filter(isUuid), 'uuid')
  if (status) where.andOneOf('status', status)
  if (filter.failing != null) where.and(filter.failing ? IS_FAILING : `NOT ${IS_FAILING}`)
  if (filter.retriable != null) where.and(filter.retriable ? IS_RETRIABLE : `NOT ${IS_RETRIABLE}`)
  if (filter.since != null) where.and(`triggered_at >= ${where.bind(filter.since)}`)
  if (filter.until != null) where.and(`triggered_at < ${where.bind(filter.until)}`)
}

/** The filter for an event: said of one row. `addDeliveryFilter` says the same to the database. */
export function matchesDelivery(filter: DeliveryFilter, delivery: Delivery): boolean {
  const isAmong = (wanted: readonly string[] | null | undefined, value: string): boolean =>
    listed(wanted) === null || wanted!.some((one) => one.toLowerCase() === value)
  return (
    (filter.alertId == null || filter.alertId.toLowerCase() === delivery.alertId) &&
    isAmong(filter.ruleId, delivery.ruleId) &&
    isAmong(filter.actionId, delivery.actionId) &&
    isAmong(filter.status, delivery.status) &&
    (filter.failing == null || filter.failing === delivery.failing) &&
    (filter.retriable == null || filter.retriable === delivery.retriable) &&
    (filter.since == null || delivery.triggeredAt >= filter.since) &&
    (filter.until == null || delivery.triggeredAt < filter.until)
  )
}
