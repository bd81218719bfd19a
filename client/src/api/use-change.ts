import { type QueryClient, useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import { useSession } from '../app/session.js'
import type { ApiError } from './api-error.js'
import type { TypedDocumentString } from './documents.js'

interface ChangeOptions<Data> {
  /** Said when it is through, also where what asked for it is no longer shown by then. */
  readonly done?: (data: Data) => void
  readonly failed?: (error: ApiError) => void
  /** How long it may take, where that is more than usual. */
  readonly timeoutMs?: number
}

/** A mutation. When it is through, the queries named in `stale` are asked again where they are shown. */
export function useChange<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  stale: readonly string[] | 'all' = [],
  { done, failed, timeoutMs }: ChangeOptions<Data> = {},
): UseMutationResult<Data, ApiError, Variables> {
  const { api } = useSession()
  const queries = useQueryClient()
  return useMutation<Data, ApiError, Variables>({
    mutationFn: (variables) => api.ask(document, variables, undefined, timeoutMs),
    onSuccess: (data) => {
      done?.(data)
      if (stale === 'all') return renewAll(queries)
      return Promise.all(stale.map((name) => queries.invalidateQueries({ queryKey: [name] })))
    },
    onError: (error) => failed?.(error),
  })
}

/** What is shown is asked for again; what was shown before is not kept for the next time either. */
function renewAll(queries: QueryClient): Promise<void> {
  queries.removeQueries({ type: 'inactive' })
  return queries.invalidateQueries()
}
