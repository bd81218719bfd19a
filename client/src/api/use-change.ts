import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'
import { useSession } from '../app/session.js'
import type { ApiError } from './api-error.js'
import type { TypedDocumentString } from './documents.js'

/** A mutation. When it is through, the queries named in `stale` are asked again where they are shown. */
export function useChange<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  stale: readonly string[] = [],
): UseMutationResult<Data, ApiError, Variables> {
  const { api } = useSession()
  const queries = useQueryClient()
  return useMutation<Data, ApiError, Variables>({
    mutationFn: (variables) => api.ask(document, variables),
    onSuccess: () => Promise.all(stale.map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  })
}
