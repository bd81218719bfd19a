/** Every GraphQL document that the page sends. */

const log = `id logType timestamp status errorCode errorMessage fromNumber toNumber rawData updatedAt`
const delivery = `id alertId status attemptCount nextAttemptAt actionResult action { actionType } attempts { success error }`
const alert = `id rule { name } summary state matchCount triggeredAt deliveries { ${delivery} }`
const health = `status demo version database jobs pubsub messages sources { accountSid source lastSuccessAt lagSeconds error }`

/** The page as it stands, and the feed cursors from which the subscriptions go on. */
export const PAGE = `query Page {
  logs(first: 50) { feedCursor nodes { ${log} } }
  alerts(first: 20) { feedCursor nodes { ${alert} } }
  health { ${health} }
}`

/** What moves without an event: the health, and how long the newest alerts stand. */
export const PULSE = `query Pulse {
  alerts(first: 50) { nodes { id state matchCount } }
  health { ${health} }
}`

/** The four feeds that the page follows, each by its own cursor. */
export const FEEDS = {
  logAdded: `subscription LogAdded($after: String) { logAdded(after: $after) { cursor log { ${log} } } }`,
  logChanged: `subscription LogChanged($after: String) { logChanged(after: $after) { cursor log { ${log} } } }`,
  alertTriggered: `subscription AlertTriggered($after: String) { alertTriggered(after: $after) { cursor alert { ${alert} } } }`,
  deliveryChanged: `subscription DeliveryChanged($after: String) { deliveryChanged(after: $after) { cursor delivery { ${delivery} } } }`,
} as const

export type FeedName = keyof typeof FEEDS
