import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
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
  stale: readonly string[] = [],
  { done, failed, timeoutMs }: ChangeOptions<Data> = {},
): UseMutationResult<Data, ApiError, Variables> {
  const { api } = useSession()
  const queries = useQueryClient()
  return useMutation<Data, ApiError, Variables>({
    mutationFn: (variables) => api.ask(document, variables, undefined, timeoutMs),
    onSuccess: (data) => {
      done?.(data)
      return Promise.all(stale.map((name) => queries.invalidateQueries({ queryKey: [name] })))
    },
    onError: (error) => failed?.(error),
  })
}
