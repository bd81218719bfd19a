import type { Api } from '../../api/api.js'
import { ApiError, type FieldFault } from '../../api/api-error.js'
import {
  CreateActionDocument,
  CreateRuleDocument,
  DeleteActionDocument,
  UpdateActionDocument,
  UpdateRuleDocument,
} from '../../api/documents.js'
import { type ActionDraft, newRuleOf, type RuleDraft, settingsOf } from './rule-draft.js'

/** What was stored, and what the server thinks of it. */
export interface Saved {
  readonly id: string
  readonly warnings: readonly string[]
}

/** Stores a new rule with its actions, in one transaction. Throws `ApiError`. */
export async function createRule(api: Api, draft: RuleDraft): Promise<Saved> {
  const { createRule: made } = await api.ask(CreateRuleDocument, { input: newRuleOf(draft) })
  return { id: made.rule.id, warnings: made.warnings }
}

/**
 * Brings a stored rule and its actions to the draft, sending only what differs from `before`. Everything is tried, so that
 * what is wrong is said of all at once: throws one `ApiError` with every bad field, its path as `createRule` names it.
 * `created` hears of each new action at once, so that a second save after a failure does not make it again.
 */
export async function updateRule(
  api: Api,
  id: string,
  before: RuleDraft,
  draft: RuleDraft,
  created: (key: string, id: string) => void,
): Promise<Saved> {
  const settings = { ...settingsOf(draft), enabled: draft.enabled }
  const steps: (() => Promise<readonly string[]>)[] = []
  if (!isSame(settings, { ...settingsOf(before), enabled: before.enabled }))
    steps.push(async () => (await api.ask(UpdateRuleDocument, { id, input: settings })).updateRule.warnings)
  draft.actions.forEach((action, place) => {
    const stored = before.actions.find((one) => one.id === action.id)
    if (!isSame(action, stored))
      steps.push(() =>
        at(place, async () => {
          const saved = await saveAction(api, id, action)
          if (action.id === null) created(action.key, saved.id)
          return saved.warnings
        }),
      )
  })
  for (const { id: old } of before.actions)
    if (old !== null && !draft.actions.some((action) => action.id === old))
      steps.push(() => deleteAction(api, old))
  return { id, warnings: await allOf(steps) }
}

/** Stores one action. Throws `ApiError`. */
export async function saveAction(api: Api, ruleId: string, draft: ActionDraft): Promise<Saved> {
  const { id, actionType, config, enabled } = draft
  if (id !== null) {
    const { updateAction } = await api.ask(UpdateActionDocument, { id, input: { config, enabled } })
    return { id, warnings: updateAction.warnings }
  }
  const input = { ruleId, actionType, config, enabled }
  const { createAction } = await api.ask(CreateActionDocument, { input })
  return { id: createAction.action.id, warnings: createAction.warnings }
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
    const fields = error.fields.map((field) => ({
      ...field,
      path: `actions.${place}.${field.path.replace(/^input\./, '')}`,
    }))
    throw new ApiError(error.fault, error.message, fields)
  }
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

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
