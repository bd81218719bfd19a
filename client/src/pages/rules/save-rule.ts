import type { Api } from '../../api/api.js'
import { ApiError, type FieldFault } from '../../api/api-error.js'
import {
  CreateActionDocument,
  CreateRuleDocument,
  DeleteActionDocument,
  type RuleTextFragment,
  UpdateActionDocument,
  UpdateRuleDocument,
} from '../../api/documents.js'
import { say } from '../../strings.js'
import {
  type ActionDraft,
  actionDraftOf,
  BrokenJson,
  isSame,
  newRuleOf,
  type RuleDraft,
  settingsOf,
} from './rule-draft.js'

/** A rule as it is stored now, and what the server thinks of it. */
export interface SavedRule {
  readonly rule: RuleTextFragment
  readonly warnings: readonly string[]
}

/** An action as it is stored now, under the key of its draft: its secrets masked. */
export interface SavedAction {
  readonly action: ActionDraft & { readonly id: string }
  readonly warnings: readonly string[]
}

/** Stores a new rule with its actions, in one transaction. Throws `ApiError`. */
export async function createRule(api: Api, draft: RuleDraft): Promise<SavedRule> {
  const broken = draft.actions.flatMap((action, place) => below(`actions.${place}`, brokenIn(action)))
  if (broken.length > 0) throw new ApiError('invalid', say.config.noJson, broken)
  return (await api.ask(CreateRuleDocument, { input: newRuleOf(draft) })).createRule
}

/**
 * Brings a stored rule and its actions to the draft, sending only what differs from `before`. Everything is tried, so that
 * what is wrong is said of all at once: throws one `ApiError` with every bad field, its path as `createRule` names it.
 * `created` hears of each new action at once, so that a second save after a failure does not make it again.
 */
export async function updateRule(
  api: Api,
  rule: RuleTextFragment,
  before: RuleDraft,
  draft: RuleDraft,
  created: (action: SavedAction['action']) => void,
): Promise<SavedRule> {
  let stored = rule
  const actions = [...draft.actions]
  const settings = { ...settingsOf(draft), enabled: draft.enabled }
  const steps: (() => Promise<readonly string[]>)[] = []
  if (!isSame(settings, { ...settingsOf(before), enabled: before.enabled }))
    steps.push(async () => {
      const { updateRule: answer } = await api.ask(UpdateRuleDocument, { id: rule.id, input: settings })
      stored = answer.rule
      return answer.warnings
    })
  draft.actions.forEach((action, place) => {
    const known = before.actions.find((one) => one.id === action.id)
    if (!isSame(action, known))
      steps.push(() =>
        at(place, async () => {
          const saved = await saveAction(api, rule.id, action)
          actions[place] = saved.action
          if (action.id === null) created(saved.action)
          return saved.warnings
        }),
      )
  })
  for (const { id: old } of before.actions)
    if (old !== null && !draft.actions.some((action) => action.id === old))
      steps.push(() => deleteAction(api, old))
  const warnings = await allOf(steps)
  // Without a new action that was not stored there would have been an error.
  const kept = actions.flatMap(({ id, actionType, config, enabled }) =>
    id === null ? [] : [{ id, actionType, config, enabled }],
  )
  return { rule: { ...stored, actions: kept }, warnings }
}

/** Stores one action. Throws `ApiError`. */
export async function saveAction(api: Api, ruleId: string, draft: ActionDraft): Promise<SavedAction> {
  const { key, id, actionType, config, enabled } = draft
  const broken = brokenIn(draft)
  if (broken.length > 0) throw new ApiError('invalid', say.config.noJson, broken)
  const answer =
    id === null
      ? (await api.ask(CreateActionDocument, { input: { ruleId, actionType, config, enabled } })).createAction
      : (await api.ask(UpdateActionDocument, { id, input: { config, enabled } })).updateAction
  const { action, warnings } = answer
  return { action: { ...actionDraftOf(action, key), id: action.id }, warnings }
}

/** The settings of an action that cannot be sent as they are written. */
function brokenIn({ config }: ActionDraft): readonly FieldFault[] {
  return Object.entries(config).flatMap(([name, value]) =>
    value instanceof BrokenJson ? [{ path: `config.${name}`, message: say.config.noJson }] : [],
  )
}

/** What is gone already is as it should be. */
async function deleteAction(api: Api, id: string): Promise<readonly string[]> {
  try {
    await api.ask(DeleteActionDocument, { id })
  } catch (error) {
    if (!(error instanceof ApiError) || error.fault !== 'not-found') throw error
  }
  return []
}

/** Names the fields of an action's failure by its place among the actions. */
async function at<Result>(place: number, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw new ApiError(error.fault, error.message, below(`actions.${place}`, error.fields))
  }
}

function below(path: string, fields: readonly FieldFault[]): readonly FieldFault[] {
  return fields.map((field) => ({ ...field, path: `${path}.${field.path.replace(/^input\./, '')}` }))
}

async function allOf(steps: readonly (() => Promise<readonly string[]>)[]): Promise<readonly string[]> {
  const warnings: string[] = []
  const errors: ApiError[] = []
  for (const step of steps) {
    try {
      warnings.push(...(await step()))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      errors.push(error)
    }
  }
  const [first] = errors
  if (!first) return warnings
  const fields: readonly FieldFault[] = errors.flatMap((error) => error.fields)
  throw new ApiError(first.fault, first.message, fields)
}
