import type { QueryFunctionContext } from '@tanstack/react-query'
import type { Api, Parts } from './api.js'
import type { TypedDocumentString } from './documents.js'
import { madeNow } from './made-now.js'
import { operationName } from './operation-name.js'

/** A query to the API as it is kept: under its name, and what it is asked with. */
export function question<Data, Variables>(
  api: Pick<Api, 'askForParts'>,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables | (() => Variables),
  keptAs: readonly unknown[] = [variables],
) {
  return {
    queryKey: [operationName(document), ...keptAs],
    queryFn: ({ signal }: QueryFunctionContext): Promise<Parts<Data>> =>
      api.askForParts(document, madeNow(variables), signal),
  }
}
