import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSession } from '../app/session.js'
import type { Parts } from './api.js'
import type { ApiError } from './api-error.js'
import type { TypedDocumentString } from './documents.js'
import { question } from './question.js'

export interface AnswerOptions {
  /** Asks again after so many milliseconds. */
  readonly every?: number
  /** Goes on showing the last answer while one with other variables is under way. */
  readonly keepLast?: boolean
  /** What stands for the variables where one of them moves with the clock: it stays the same question then. */
  readonly keptAs?: unknown
  /** The moment of asking, where the reader can ask for a new answer: another one makes it another question. */
  readonly asOf?: number
  /** Of the past: it is asked for once, and its answer stays. */
  readonly isPast?: boolean
  /** False: not yet. */
  readonly enabled?: boolean
}

/** What is shown of a question: its last answer, and what is wrong with it, or with a newer one. */
export interface Shown<Data> {
  readonly data: Data | undefined
  readonly error: ApiError | null
  /** When the answer came, in milliseconds. */
  readonly dataUpdatedAt: number
  /** True where the error is of a further page alone: what is shown is no older for it. */
  readonly isFetchNextPageError?: boolean
  refetch(): unknown
}

/**
 * The answer to a query, kept under its name and variables; `useChange` and `queryClient` make it stale by that name. Variables that
 * move with the clock may be made as it is asked for; `keptAs` stands for them then.
 */
export function useAnswer<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables | (() => Variables),
  { every, keepLast = false, keptAs = variables, asOf, isPast = false, enabled = true }: AnswerOptions = {},
): Shown<Data> & { readonly isPlaceholderData: boolean } {
  const { api } = useSession()
  const { data, error, dataUpdatedAt, isPlaceholderData, refetch } = useQuery<Parts<Data>, ApiError>({
    ...question(api, document, variables, [keptAs, ...(asOf === undefined ? [] : [asOf])]),
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
    ...(keepLast && { placeholderData: keepPreviousData }),
    ...(isPast && { staleTime: Infinity, retry: false, refetchOnWindowFocus: false }),
  })
  return { data: data?.data, error: error ?? data?.error ?? null, dataUpdatedAt, isPlaceholderData, refetch }
}
