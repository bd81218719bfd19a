import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '../../api/api-error.js'
import {
  AlertsDocument,
  type AlertFilter,
  type AlertsQuery,
  DeliveryNewsDocument,
} from '../../api/documents.js'
import { useFollow } from '../../api/use-follow.js'
import { useSession } from '../../app/session.js'

/** In a storm of deliveries the shown pages are read again once in so many milliseconds. */
const EVERY_MS = 2_000
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
  const queries = useQueryClient()
  const [after, setAfter] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (after === null && cursor !== null) setAfter(cursor)
  useEffect(() => () => clearTimeout(timer.current), [])
  const news = (): void => {
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined
        for (const name of names) void queries.invalidateQueries({ queryKey: [name] })
      },
      EVERY_MS / (alertId === undefined ? 1 : 10),
    )
  }
  useFollow(DeliveryNewsDocument, { filter: alertId === undefined ? {} : { alertId } }, after, news, () => {
    setAfter(null)
    news()
  })
}
