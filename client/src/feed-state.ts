import type { News } from './answers.js'
import type { Alert, AlertProgress, Delivery, Log } from './records.js'

/** The most that is kept, newest first: a page that stays open for weeks must not grow. */
export const LOG_LIMIT = 500
export const ALERT_LIMIT = 100
const EARLY_LIMIT = 200

/** What the feeds have told so far. */
export interface FeedState {
  /** Newest first by their own time, then by id, as the API pages them. */
  readonly logs: readonly Log[]
  readonly alerts: readonly Alert[]
  /** Deliveries heard of before their alert: the feeds are in order each, but not among themselves. */
  readonly early: readonly Delivery[]
}

export const emptyFeed: FeedState = { logs: [], alerts: [], early: [] }

/** The feed as a page that was just read shows it. */
export function fromPage(logs: readonly Log[], alerts: readonly Alert[]): FeedState {
  const news: News[] = [
    ...logs.map((log) => ({ kind: 'log', log }) as const),
    ...alerts.map((alert) => ({ kind: 'alert', alert }) as const),
  ]
  return news.reduce(withNews, emptyFeed)
}

/** The feed after one event; the same object where the event tells nothing new. */
export function withNews(feed: FeedState, news: News): FeedState {
  if (news.kind === 'log') return withLog(feed, news.log)
  if (news.kind === 'alert') return withAlert(feed, news.alert)
  return withDelivery(feed, news.delivery)
}

/** State and match count have no event of their own; they are asked for. Alerts that are not on the page are passed over. */
export function withProgress(feed: FeedState, progress: readonly AlertProgress[]): FeedState {
  const byId = new Map(progress.map((one) => [one.id, one]))
  let changed = false
  const alerts = feed.alerts.map((alert) => {
    const now = byId.get(alert.id)
    if (!now || (now.state === alert.state && now.matchCount === alert.matchCount)) return alert
    changed = true
    return { ...alert, state: now.state, matchCount: now.matchCount }
  })
  return changed ? { ...feed, alerts } : feed
}

function withLog(feed: FeedState, log: Log): FeedState {
  const known = feed.logs.find(({ id }) => id === log.id)
  if (known && (known.updatedAt > log.updatedAt || isSame(known, log))) return feed
  const others = known ? feed.logs.filter((one) => one !== known) : feed.logs
  const logs = inserted(others, log, (one) => one.timestamp, LOG_LIMIT)
  return logs === others ? feed : { ...feed, logs }
}

function withAlert(feed: FeedState, alert: Alert): FeedState {
  const known = feed.alerts.find(({ id }) => id === alert.id)
  const heard = [...(known?.deliveries ?? []), ...feed.early.filter(({ alertId }) => alertId === alert.id)]
  const news = { ...alert, deliveries: heard.reduce(withFurther, alert.deliveries) }
  if (known && JSON.stringify(known) === JSON.stringify(news)) return feed
  const others = known ? feed.alerts.filter((one) => one !== known) : feed.alerts
  const early = feed.early.filter(({ alertId }) => alertId !== alert.id)
  return { ...feed, alerts: inserted(others, news, (one) => one.triggeredAt, ALERT_LIMIT), early }
}

function withDelivery(feed: FeedState, delivery: Delivery): FeedState {
  const alert = feed.alerts.find(({ id }) => id === delivery.alertId)
  if (!alert) {
    const others = feed.early.filter(({ id }) => id !== delivery.id)
    return { ...feed, early: [delivery, ...others].slice(0, EARLY_LIMIT) }
  }
  const known = alert.deliveries.find(({ id }) => id === delivery.id)
  if (known && isSame(known, delivery)) return feed
  const news = { ...alert, deliveries: replaced(alert.deliveries, delivery) }
  return { ...feed, alerts: feed.alerts.map((one) => (one === alert ? news : one)) }
}

/** Takes over what was heard of a delivery, unless the list already shows it further on. */
function withFurther(deliveries: readonly Delivery[], heard: Delivery): readonly Delivery[] {
  const shown = deliveries.find(({ id }) => id === heard.id)
  return shown && stage(shown) > stage(heard) ? deliveries : replaced(deliveries, heard)
}

function stage({ status, attemptCount }: Delivery): number {
  return attemptCount + (status === 'PENDING' ? 0 : 0.5)
}

function replaced(deliveries: readonly Delivery[], delivery: Delivery): readonly Delivery[] {
  if (!deliveries.some(({ id }) => id === delivery.id)) return [...deliveries, delivery]
  return deliveries.map((one) => (one.id === delivery.id ? delivery : one))
}

/** `row` put in its place, newest first; the same list where it is full of newer ones. */
function inserted<Row extends { readonly id: string }>(
  rows: readonly Row[],
  row: Row,
  timeOf: (row: Row) => string,
  limit: number,
): readonly Row[] {
  const isNewer = (one: Row): boolean =>
    timeOf(one) > timeOf(row) || (timeOf(one) === timeOf(row) && one.id > row.id)
  const at = rows.findIndex((one) => !isNewer(one))
  const place = at === -1 ? rows.length : at
  if (place >= limit) return rows
  return [...rows.slice(0, place), row, ...rows.slice(place, limit - 1)]
}

function isSame<Record extends object>(one: Record, other: Record): boolean {
  return (Object.keys(one) as (keyof Record)[]).every((key) => one[key] === other[key])
}
