import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.js'
import {
  AlertsDocument,
  type AlertFilter,
  type AlertsQuery,
  DeliveryNewsDocument,
} from '../../api/documents.js'
import { useFollow } from '../../api/use-follow.js'
import { useReread } from '../../api/use-reread.js'
import { useSession } from '../../app/session.js'

/** How long after one rereading the next may begin, in milliseconds: of all pages shown, or of one alert. */
const ALL_EVERY_MS = 2_000
const ONE_EVERY_MS = 200
/** A state turns by the clock alone, which no event tells. */
const STATES_EVERY_MS = 30_000

/** The alerts that the filter wants, page by page, kept as they are now: the layout tells of new ones, this of their deliveries. */
export function useAlerts(filter: AlertFilter) {
  const { api } = useSession()
  const pages = useInfiniteQuery<
    AlertsQuery,
    ApiError,
    InfiniteData<AlertsQuery, string | null>,
    readonly unknown[],
    string | null
  >({
    queryKey: ['Alerts', filter],
    queryFn: ({ pageParam, signal }) => api.ask(AlertsDocument, { filter, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: ({ alerts: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    refetchInterval: STATES_EVERY_MS,
  })
  useDeliveryNews(pages.data?.pages[0]?.alerts.feedCursor ?? null, ['Alerts'])
  return pages
}

/** Asks the named queries again when a delivery changed; begins at the first cursor that it is given. */
export function useDeliveryNews(cursor: string | null, names: readonly string[], alertId?: string): void {
  const reread = useReread(names, alertId === undefined ? ALL_EVERY_MS : ONE_EVERY_MS)
  const filter = alertId === undefined ? {} : { alertId }
  useFollow(DeliveryNewsDocument, { filter }, cursor, { next: reread, missed: reread })
}
