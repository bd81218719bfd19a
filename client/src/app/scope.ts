import { type ApiScope, ViewerDocument } from '../api/documents.js'
import { useAnswer } from '../api/use-answer.js'
import { say } from '../strings.js'

/** Each scope includes those before it. */
const order: readonly ApiScope[] = ['READ', 'OPERATE', 'ADMIN']

/** Whether granted scopes hold the one that is needed. */
export function includes(granted: readonly ApiScope[], needed: ApiScope): boolean {
  return granted.some((scope) => order.indexOf(scope) >= order.indexOf(needed))
}

export interface ScopeAnswer {
  /** True also while it is not known yet: the server has the last word in any case. */
  readonly may: boolean
  /** Why not, for titles; undefined where it may. */
  readonly why: string | undefined
}

/** Whether the key of this stay may do what needs a scope. */
export function useScope(needed: ApiScope): ScopeAnswer {
  const { data } = useAnswer(ViewerDocument, {})
  const may = !data || includes(data.viewer.scopes, needed)
  return { may, why: may ? undefined : say.scope.lacks(say.scope.names[needed]) }
}
