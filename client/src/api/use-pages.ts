import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useSession } from '../app/session.js'
import type { ApiError } from './api-error.js'
import type { TypedDocumentString } from './documents.js'
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
  /** False: not yet. */
  readonly enabled?: boolean
}

/** A list page by page, kept under the name of its query and its variables, as `useAnswer` keeps an answer. */
export function usePages<Data, Variables extends { readonly after?: string | null | undefined }>(
  document: TypedDocumentString<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  { of, every, enabled = true }: PagesOptions<Data>,
) {
  const { api } = useSession()
  return useInfiniteQuery<
    Data,
    ApiError,
    InfiniteData<Data, string | null>,
    readonly unknown[],
    string | null
  >({
    queryKey: [operationName(document), variables],
    queryFn: ({ pageParam, signal }) =>
      api.ask(document, { ...variables, after: pageParam } as unknown as Variables, signal),
    initialPageParam: null,
    getNextPageParam: (page) => {
      const { hasNextPage, endCursor } = of(page).pageInfo
      return hasNextPage ? endCursor : null
    },
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
  })
}
