import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useSession } from '../app/session.js'
import type { ApiError } from './api-error.js'
import type { TypedDocumentString } from './documents.js'
import { madeNow } from './made-now.js'
import { operationName } from './operation-name.js'

/** A page of any list of the API. */
interface Connection {
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

interface PagesOptions<Data> {
  /** The list in an answer. */
  readonly of: (data: Data) => Connection
  /** Asks for all that is shown again after so many milliseconds. */
  readonly every?: number
  /** Stops that as soon as older pages are shown: each of them would be asked for again. */
  readonly stopsWithOlder?: boolean
  /** What stands for the variables where one of them moves with the clock: it stays the same question then. */
  readonly keptAs?: unknown
  /** False: not yet. */
  readonly enabled?: boolean
}

/** A list page by page, kept under the name of its query and its variables, as `useAnswer` keeps an answer and makes variables. */
export function usePages<Data, Variables extends { readonly after?: string | null | undefined }>(
  document: TypedDocumentString<Data, Variables>,
  variables: Omit<Variables, 'after'> | (() => Omit<Variables, 'after'>),
  { of, every, stopsWithOlder = false, keptAs = variables, enabled = true }: PagesOptions<Data>,
) {
  const { api } = useSession()
  return useInfiniteQuery<
    Data,
    ApiError,
    InfiniteData<Data, string | null>,
    readonly unknown[],
    string | null
  >({
    queryKey: [operationName(document), keptAs],
    queryFn: ({ pageParam, signal }) =>
      api.ask(document, { ...madeNow(variables), after: pageParam } as unknown as Variables, signal),
    initialPageParam: null,
    getNextPageParam: (page) => {
      const { hasNextPage, endCursor } = of(page).pageInfo
      return hasNextPage ? endCursor : null
    },
    enabled,
    ...(every !== undefined && {
      refetchInterval: ({ state }) => (stopsWithOlder && (state.data?.pages.length ?? 0) > 1 ? false : every),
    }),
  })
}
