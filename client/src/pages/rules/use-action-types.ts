import { ActionTypesDocument, type ActionTypesQuery } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'

export type ActionTypeInfo = ActionTypesQuery['actionTypes'][number]

const none: readonly ActionTypeInfo[] = []

/** What can be done for an alert, with the schema of each config; empty until it is known. */
export function useActionTypes(): readonly ActionTypeInfo[] {
  return useAnswer(ActionTypesDocument, {}).data?.actionTypes ?? none
}
