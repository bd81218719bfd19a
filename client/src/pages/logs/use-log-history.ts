import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError } from '../../api/api-error.js'
import { LogPageDocument, type LogFilter, type LogPageQuery } from '../../api/documents.js'
import { useLast } from '../../api/use-last.js'
import { useSession } from '../../app/session.js'
import { type Log, toLog } from '../../logs/log.js'

const PAGE = 100

export interface LogHistory {
  readonly rows: readonly Log[]
  /** The moment as of which they were read: the one asked for or, until that is read, the one before. */
  readonly asOf: number
  /** When they came, in milliseconds. */
  readonly readAt: number
  readonly isLoaded: boolean
  /** What is shown is of before; it is being read anew. */
  readonly isRereading: boolean
  readonly isLoadingMore: boolean
  readonly hasMore: boolean
  /** Why there are no rows, or none as of the moment asked for. */
  readonly error: ApiError | null
  /** Why there are no further rows: nothing more is asked for until `retryMore`. */
  readonly moreError: ApiError | null
  more(): void
  retry(): void
  retryMore(): void
}

/**
 * The stored logs of a filter, page after page by keyset, as far as they were asked for. Another `asOf` reads them anew; what was read of
 * the same `choice` stays until that has come.
 */
export function useLogHistory(choice: string, filter: LogFilter, asOf: number): LogHistory {
  const { api } = useSession()
  const pages = useInfiniteQuery<LogPageQuery, ApiError>({
    queryKey: ['LogPage', filter, asOf],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      api.ask(LogPageDocument, { filter, first: PAGE, after: pageParam as string | null }, signal),
    getNextPageParam: ({ logs }) => (logs.pageInfo.hasNextPage ? logs.pageInfo.endCursor : null),
    // Pages that were read stay as they are: reading a hundred of them anew would move what is being read.
    staleTime: Infinity,
    meta: { isKept: true },
    // Nobody comes back to the same moment.
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const { error, isFetchingNextPage, isFetchNextPageError, hasNextPage, fetchNextPage, refetch } = pages
  const read = useLast({ data: pages.data, dataUpdatedAt: pages.dataUpdatedAt, asOf }, choice)
  const { data } = read
  const rows = useMemo(() => (data?.pages ?? []).flatMap(({ logs }) => logs.nodes.map(toLog)), [data])
  return {
    rows,
    asOf: read.asOf,
    readAt: read.dataUpdatedAt,
    isLoaded: data !== undefined,
    isRereading: data !== pages.data && pages.isFetching,
    isLoadingMore: isFetchingNextPage,
    hasMore: hasNextPage,
    error: isFetchNextPageError ? null : error,
    moreError: isFetchNextPageError ? error : null,
    more: () => void (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && fetchNextPage()),
    retry: () => void refetch(),
    retryMore: () => void fetchNextPage(),
  }
}
