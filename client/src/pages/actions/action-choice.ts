import type { ActionsQuery } from '../../api/documents.js'
import { actionLook } from '../../rules/action-look.js'
import { isRecord } from '../../rules/action-words.js'

export type ListedAction = ActionsQuery['actions'][number]

/** Which actions the reader wants to see, as the address holds it. */
export interface ActionChoice {
  readonly search: string
  /** Empty = any. */
  readonly type: string
  /** The id of a rule; empty = of any. */
  readonly rule: string
}

export const everyAction: ActionChoice = { search: '', type: '', rule: '' }

/** How each is called in the address. */
const names = { search: 'q', type: 'type', rule: 'rule' } as const

export function actionChoiceIn(parameters: URLSearchParams): ActionChoice {
  return {
    search: parameters.get(names.search) ?? '',
    type: (parameters.get(names.type) ?? '').toUpperCase(),
    rule: parameters.get(names.rule) ?? '',
  }
}

export function actionParametersOf({ search, type, rule }: ActionChoice): URLSearchParams {
  const written = new URLSearchParams()
  if (search !== '') written.set(names.search, search)
  if (type !== '') written.set(names.type, type.toLowerCase())
  if (rule !== '') written.set(names.rule, rule)
  return written
}

/** Whether an action is among those that are wanted: the text is looked for in its rule's name, its type and its settings. */
export function isChosen(action: ListedAction, { search, type, rule }: ActionChoice): boolean {
  if (type !== '' && action.actionType !== type) return false
  if (rule !== '' && action.rule.id !== rule) return false
  const texts = [action.rule.name, actionLook(action.actionType).text, ...textsIn(action.config)]
  return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()))
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : []
}
