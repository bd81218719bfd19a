import type { Alert, AlertProgress, Delivery, DeliveryStatus, Health, Log, LogType } from './records.js'

/** What `PAGE` answers. */
export interface PageAnswer {
  readonly logs: { readonly feedCursor: string; readonly nodes: readonly LogFields[] }
  readonly alerts: { readonly feedCursor: string; readonly nodes: readonly AlertFields[] }
  readonly health: Health
}

/** What `PULSE` answers. */
export interface PulseAnswer {
  readonly alerts: { readonly nodes: readonly AlertProgress[] }
  readonly health: Health
}

export interface LogFields {
  readonly id: string
  readonly logType: LogType
  readonly timestamp: string
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly fromNumber: string | null
  readonly toNumber: string | null
  readonly rawData: unknown
  readonly updatedAt: string
}

export interface DeliveryFields {
  readonly id: string
  readonly alertId: string
  readonly status: DeliveryStatus
  readonly attemptCount: number
  readonly nextAttemptAt: string | null
  readonly actionResult: unknown
  readonly action: { readonly actionType: string }
  readonly attempts: readonly { readonly success: boolean; readonly error: string | null }[]
}

export interface AlertFields {
  readonly id: string
  readonly rule: { readonly name: string }
  readonly summary: string
  readonly state: string
  readonly matchCount: number
  readonly triggeredAt: string
  readonly deliveries: readonly DeliveryFields[]
}

/** One event of a feed, with the place where to go on after it. */
export interface FeedAnswer {
  readonly cursor: string
  readonly log?: LogFields
  readonly alert?: AlertFields
  readonly delivery?: DeliveryFields
}

/** What one event tells. */
export type News =
  | { readonly kind: 'log'; readonly log: Log }
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }

export function toNews({ log, alert, delivery }: FeedAnswer): News | null {
  if (log) return { kind: 'log', log: toLog(log) }
  if (alert) return { kind: 'alert', alert: toAlert(alert) }
  if (delivery) return { kind: 'delivery', delivery: toDelivery(delivery) }
  return null
}

/** Keeps what a row shows; the record itself can be a hundred times as large. */
export function toLog({ rawData, errorMessage, ...log }: LogFields): Log {
  return { ...log, text: errorMessage ?? textIn(rawData, 'body') }
}

export function toAlert({ rule, deliveries, ...alert }: AlertFields): Alert {
  return { ...alert, ruleName: rule.name, deliveries: deliveries.map(toDelivery) }
}

export function toDelivery({ action, actionResult, attempts, ...delivery }: DeliveryFields): Delivery {
  const last = attempts.at(-1)
  const error = last?.success === false ? last.error : null
  return { ...delivery, actionType: action.actionType, problem: textIn(actionResult, 'reason') ?? error }
}

/** The text that a JSON object holds under `name`; null where there is none. */
function textIn(json: unknown, name: string): string | null {
  if (typeof json !== 'object' || json === null) return null
  const value: unknown = (json as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' && value !== '' ? value : null
}
