import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useSession } from '../../app/session.js'
import { type LatestDeliveries, latestDeliveries } from './latest-deliveries.js'

const none: LatestDeliveries = new Map()

/** What became of each action's newest delivery; empty until it is known. */
export function useLatestDeliveries(actionIds: readonly string[]): LatestDeliveries {
  const { api } = useSession()
  const { data } = useQuery<LatestDeliveries, ApiError>({
    queryKey: ['LatestDeliveries', actionIds],
    queryFn: ({ signal }) => latestDeliveries(api, actionIds, signal),
    enabled: actionIds.length > 0,
    refetchInterval: HOW_OFTEN_MS.untold,
    placeholderData: keepPreviousData,
  })
  return data ?? none
}
