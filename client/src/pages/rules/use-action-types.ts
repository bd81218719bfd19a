import { ActionTypesDocument, type ActionTypesQuery } from '../../api/documents.js'
import { type Shown, useAnswer } from '../../api/use-answer.js'

export type ActionTypeInfo = ActionTypesQuery['actionTypes'][number]

/** What can be done for an alert, with the schema of each config. */
export function useActionTypes(): Shown<ActionTypesQuery> {
  return useAnswer(ActionTypesDocument, {})
}
