import type { Api } from '../../api/api.js'
import { LatestDeliveriesDocument, type LatestDeliveriesQuery } from '../../api/documents.js'

export type LatestDelivery = LatestDeliveriesQuery['deliveries']['nodes'][number]

/** By the id of the action: its newest delivery, null where it has none, `older` where too many of others are newer. */
export type LatestDeliveries = ReadonlyMap<string, LatestDelivery | null | 'older'>

/** A busy action may fill a page by itself; then it is asked again about the others, so often at most. */
const ROUNDS = 4

/** The newest delivery of each action: the API has them by their age and not by their action. */
export async function latestDeliveries(
  api: Pick<Api, 'ask'>,
  actionIds: readonly string[],
  signal: AbortSignal,
): Promise<LatestDeliveries> {
  const latest = new Map<string, LatestDelivery | null | 'older'>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const wanted = actionIds.filter((id) => !latest.has(id))
    if (wanted.length === 0) break
    const { deliveries } = await api.ask(LatestDeliveriesDocument, { filter: { actionId: wanted } }, signal)
    for (const delivery of deliveries.nodes)
      if (!latest.has(delivery.actionId)) latest.set(delivery.actionId, delivery)
    if (!deliveries.pageInfo.hasNextPage) {
      for (const id of wanted) if (!latest.has(id)) latest.set(id, null)
      break
    }
  }
  for (const id of actionIds) if (!latest.has(id)) latest.set(id, 'older')
  return latest
}
