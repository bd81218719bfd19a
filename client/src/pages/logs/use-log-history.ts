import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError } from '../../api/api-error.js'
import { LogPageDocument, type LogFilter, type LogPageQuery } from '../../api/documents.js'
import { useSession } from '../../app/session.js'
import { type Log, toLog } from '../../logs/log.js'

const PAGE = 100

export interface LogHistory {
  readonly rows: readonly Log[]
  readonly isLoaded: boolean
  readonly isLoadingMore: boolean
  readonly hasMore: boolean
  readonly error: ApiError | null
  more(): void
  retry(): void
}

/** The stored logs of a filter, page after page by keyset, as far as they were asked for. Another `asOf` reads them anew. */
export function useLogHistory(filter: LogFilter, asOf: number): LogHistory {
  const { api } = useSession()
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery<
    LogPageQuery,
    ApiError
  >({
    queryKey: ['LogPage', filter, asOf],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      api.ask(LogPageDocument, { filter, first: PAGE, after: pageParam as string | null }, signal),
    getNextPageParam: ({ logs }) => (logs.pageInfo.hasNextPage ? logs.pageInfo.endCursor : null),
    // Pages that were read stay as they are: reading a hundred of them anew would move what is being read.
    staleTime: Infinity,
    // Nobody comes back to the same moment.
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const rows = useMemo(() => (data?.pages ?? []).flatMap(({ logs }) => logs.nodes.map(toLog)), [data])
  return {
    rows,
    isLoaded: data !== undefined,
    isLoadingMore: isFetchingNextPage,
    hasMore: hasNextPage,
    error,
    more: () => void (hasNextPage && !isFetchingNextPage && fetchNextPage()),
    retry: () => void refetch(),
  }
}
