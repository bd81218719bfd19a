import type { Alert, AlertState } from '../alerts/alert.js'
import type { Conditions } from './conditions.js'
import { type Given, listed } from './given.js'
import { isUuid } from './uuid.js'

/** Which alerts are wanted; what is left out, null or an empty list excludes nothing. */
export type AlertFilter = Given<{
  readonly ruleId: readonly string[]
  readonly logId: string
  readonly state: readonly AlertState[]
  /** By the time it was triggered; inclusive. */
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}>

/** An alert's state by the database clock; nothing is written when it resolves. */
export const ALERT_STATE = `CASE WHEN resolves_at > now() THEN 'firing' ELSE 'resolved' END`

/** The filter for a page: said to the database. `matchesAlert` says the same of one row. */
export function addAlertFilter(filter: AlertFilter, where: Conditions): void {
  const [ruleId, state] = [listed(filter.ruleId), listed(filter.state)]
  if (ruleId) where.andOneOf('rule_id', ruleId.filter(isUuid), 'uuid')
  if (filter.logId != null) where.andOneOf('log_id', [filter.logId].filter(isUuid), 'uuid')
  if (state) where.andOneOf(ALERT_STATE, state)
  if (filter.since != null) where.and(`triggered_at >= ${where.bind(filter.since)}`)
  if (filter.until != null) where.and(`triggered_at < ${where.bind(filter.until)}`)
}

/** The filter for an event: said of one row. `addAlertFilter` says the same to the database. */
export function matchesAlert(filter: AlertFilter, alert: Alert): boolean {
  const [ruleId, state] = [listed(filter.ruleId), listed(filter.state)]
  return (
    (ruleId === null || ruleId.some((id) => id.toLowerCase() === alert.ruleId)) &&
    (filter.logId == null || filter.logId.toLowerCase() === alert.logId) &&
    (state === null || state.includes(alert.state)) &&
    (filter.since == null || alert.triggeredAt >= filter.since) &&
    (filter.until == null || alert.triggeredAt < filter.until)
  )
}
