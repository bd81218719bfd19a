import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.js'
import { useSession } from '../../app/session.js'
import { type LatestDeliveries, latestDeliveries } from './latest-deliveries.js'

const EVERY_MS = 10_000
const none: LatestDeliveries = new Map()

/** What became of each action's newest delivery; empty until it is known. */
export function useLatestDeliveries(actionIds: readonly string[]): LatestDeliveries {
  const { api } = useSession()
  const { data } = useQuery<LatestDeliveries, ApiError>({
    queryKey: ['LatestDeliveries', actionIds],
    queryFn: ({ signal }) => latestDeliveries(api, actionIds, signal),
    enabled: actionIds.length > 0,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  })
  return data ?? none
}
