import type { ActionsQuery } from '../../api/documents.js'
import { parametersWith, textsOf } from '../../app/address-texts.js'
import { actionLook } from '../../rules/action-look.js'
import { isRecord } from '../../components/is-record.js'

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

export function actionChoiceIn(parameters: URLSearchParams): ActionChoice {
  const { q, type, rule } = textsOf(parameters, ['q', 'type', 'rule'])
  return { search: q, type: type.toUpperCase(), rule }
}

export function actionParametersOf({ search, type, rule }: ActionChoice): URLSearchParams {
  return parametersWith({ q: search, type: type.toLowerCase(), rule })
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
