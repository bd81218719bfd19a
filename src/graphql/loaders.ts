import DataLoader from 'dataloader'
import type { Action } from '../actions/action.js'
import type { Delivery } from '../actions/delivery.js'
import type { Alert } from '../alerts/alert.js'
import type { Rule } from '../rules/rule.js'
import type { Log } from '../sources/log.js'
import type { RuleFirings } from '../store/alert-reads.js'
import type { DeliveryAttemptOf } from '../store/delivery-reads.js'
import type { LogTransitionOf } from '../store/log-reads.js'
import type { Reads } from '../store/reads.js'

/** One loader for every edge of the graph. */
export interface Loaders {
  readonly log: Edge<Log | null>
  readonly logOfSid: Edge<Log | null>
  readonly rule: Edge<Rule | null>
  readonly action: Edge<Action | null>
  readonly alert: Edge<Alert | null>
  readonly delivery: Edge<Delivery | null>
  readonly transitionsOfLog: Edge<readonly LogTransitionOf[]>
  readonly alertsOfLog: Edge<readonly Alert[]>
  readonly firingsOfRule: Edge<RuleFirings | null>
  readonly actionsOfRule: Edge<readonly Action[]>
  readonly deliveriesOfAlert: Edge<readonly Delivery[]>
  readonly attemptsOfDelivery: Edge<readonly DeliveryAttemptOf[]>
}
type Edge<Value> = DataLoader<string, Value>

/**
 * Loaders that turn the edges of one level into one statement each. They remember nothing: the context of a subscription
 * lives as long as its socket, and must not show old rows.
 */
export function createLoaders({ logs, rules, alerts, deliveries, inbox }: Reads): Loaders {
  return {
    log: one((ids) => logs.byIds(ids)),
    logOfSid: one((sids) => inbox.logsOf(sids)),
    rule: one((ids) => rules.rulesByIds(ids)),
    action: one((ids) => rules.actionsByIds(ids)),
    alert: one((ids) => alerts.byIds(ids)),
    delivery: one((ids) => deliveries.byIds(ids)),
    transitionsOfLog: many(
      (ids) => logs.transitionsOf(ids),
      (transition) => transition.logId,
    ),
    alertsOfLog: many(
      (ids) => alerts.ofLogs(ids),
      (alert) => alert.ofLogId,
    ),
    firingsOfRule: one(
      async (ids) => new Map((await alerts.firingsOf(ids)).map((firings) => [firings.ruleId, firings])),
    ),
    actionsOfRule: many(
      (ids) => rules.actions(ids),
      (action) => action.ruleId,
    ),
    deliveriesOfAlert: many(
      (ids) => deliveries.ofAlerts(ids),
      (delivery) => delivery.alertId,
    ),
    attemptsOfDelivery: many(
      (ids) => deliveries.attemptsOf(ids),
      (attempt) => attempt.deliveryId,
    ),
  }
}

function one<Row>(load: (ids: readonly string[]) => Promise<ReadonlyMap<string, Row>>): Edge<Row | null> {
  return batched(async (ids) => {
    const rows = await load(ids)
    return (id) => rows.get(id) ?? null
  })
}

function many<Row>(
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
  owner: (row: Row) => string,
): Edge<readonly Row[]> {
  return batched(async (ids) => {
    const rows = new Map<string, Row[]>(ids.map((id) => [id, []]))
    for (const row of await load(ids)) rows.get(owner(row))?.push(row)
    return (id) => rows.get(id) ?? []
  })
}

/** Without a cache DataLoader hands the same id on as often as it was asked for: the statement gets it once. */
function batched<Value>(load: (ids: readonly string[]) => Promise<(id: string) => Value>): Edge<Value> {
  return new DataLoader(
    async (ids) => {
      const valueOf = await load([...new Set(ids)])
      return ids.map(valueOf)
    },
    { cache: false },
  )
}
