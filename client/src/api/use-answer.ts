import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useSession } from '../app/session.js'
import type { ApiError } from './api-error.js'
import type { TypedDocumentString } from './documents.js'
import { operationName } from './operation-name.js'

export interface AnswerOptions {
  /** Asks again after so many milliseconds. */
  readonly every?: number
  /** Goes on showing the last answer while one with other variables is under way. */
  readonly keepLast?: boolean
  /** The moment of asking, where the reader can ask for a new answer: another one makes it another question. */
  readonly asOf?: number
  /** False: not yet. */
  readonly enabled?: boolean
}

/** The answer to a query, kept under its name and variables; `useChange` and `queryClient` make it stale by that name. */
export function useAnswer<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { every, keepLast = false, asOf, enabled = true }: AnswerOptions = {},
): UseQueryResult<Data, ApiError> {
  const { api } = useSession()
  return useQuery<Data, ApiError>({
    queryKey: [operationName(document), variables, ...(asOf === undefined ? [] : [asOf])],
    queryFn: ({ signal }) => api.ask(document, variables, signal),
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
    ...(keepLast && { placeholderData: keepPreviousData }),
  })
}
