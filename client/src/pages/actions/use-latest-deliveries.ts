import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.js'
import type { Shown } from '../../api/use-answer.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useSession } from '../../app/session.js'
import { type LatestDeliveries, latestDeliveries } from './latest-deliveries.js'

/** What became of each action's newest delivery. */
export function useLatestDeliveries(
  actionIds: readonly string[],
): Pick<Shown<LatestDeliveries>, 'data' | 'error' | 'refetch'> {
  const { api } = useSession()
  return useQuery<LatestDeliveries, ApiError>({
    queryKey: ['LatestDeliveries', actionIds],
    queryFn: ({ signal }) => latestDeliveries(api, actionIds, signal),
    enabled: actionIds.length > 0,
    refetchInterval: HOW_OFTEN_MS.untold,
    placeholderData: keepPreviousData,
  })
}
