import DataLoader from 'dataloader'
import type { Action } from '../actions/action.js'
import type { Delivery } from '../actions/delivery.js'
import type { Alert } from '../alerts/alert.js'
import type { Rule } from '../rules/rule.js'
import type { Log } from '../sources/log.js'
import type { RuleFirings } from '../store/alert-reads.js'
import type { DeliveryAttemptOf } from '../store/delivery-reads.js'
import type { LogOfAlert, LogTransitionOf } from '../store/log-reads.js'
import type { Page, PageRequest } from '../store/page.js'
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
  readonly logsOfAlert: DataLoader<PageOfAlert, Page<LogOfAlert>>
  readonly logCountOfAlert: Edge<number>
  readonly firingsOfRule: Edge<RuleFirings | null>
  readonly actionsOfRule: Edge<readonly Action[]>
  readonly deliveriesOfAlert: Edge<readonly Delivery[]>
  readonly attemptsOfDelivery: Edge<readonly DeliveryAttemptOf[]>
}
type Edge<Value> = DataLoader<string, Value>

/** One page of what hangs on an alert. */
export interface PageOfAlert {
  readonly alertId: string
  readonly request: PageRequest
}

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
    logsOfAlert: paged((ids, request) => logs.pagesOfAlerts(ids, request)),
    logCountOfAlert: batched(async (ids) => {
      const counts = await logs.countsOfAlerts(ids)
      return (id) => counts.get(id) ?? 0
    }),
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

/** One statement for all pages that are asked for alike: those of one field are. */
function paged<Row>(
  load: (alertIds: readonly string[], request: PageRequest) => Promise<ReadonlyMap<string, Page<Row>>>,
): DataLoader<PageOfAlert, Page<Row>> {
  return new DataLoader<PageOfAlert, Page<Row>>(
    async (wanted) => {
      const alike = new Map<string, PageRequest>(
        wanted.map(({ request }) => [JSON.stringify(request), request]),
      )
      const pages = new Map<string, ReadonlyMap<string, Page<Row>>>()
      for (const [key, request] of alike) {
        const ids = wanted
          .filter((page) => JSON.stringify(page.request) === key)
          .map(({ alertId }) => alertId)
        pages.set(key, await load([...new Set(ids)], request))
      }
      return wanted.map(({ alertId, request }) => pages.get(JSON.stringify(request))?.get(alertId) ?? NO_ROWS)
    },
    { cache: false },
  )
}

const NO_ROWS = { rows: [], hasNextPage: false }

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
