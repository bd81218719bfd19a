import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Parts } from '../../api/api.js'
import { ApiError } from '../../api/api-error.js'
import type { RuleQuery, RuleTextFragment } from '../../api/documents.js'
import { faultAt } from '../../api/field-faults.js'
import { useSession } from '../../app/session.js'
import { useToast } from '../../components/toasts.js'
import { rereadRules } from '../../rules/reread-rules.js'
import { say } from '../../strings.js'
import { type ActionDraft, draftOf, isSame, type RuleDraft, withAction } from './rule-draft.js'
import { createRule, saveAction, updateRule } from './save-rule.js'

export interface RuleForm {
  readonly draft: RuleDraft
  /** The draft as it is stored. */
  readonly before: RuleDraft
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** Why the last save was refused, as far as it is still true. */
  readonly error: ApiError | null
  /** How often saving was refused. */
  readonly refusals: number
  /** What the server finds odd about what was saved. */
  readonly warnings: readonly string[]
  change(part: Partial<RuleDraft>): void
  discard(): void
  save(): Promise<void>
  /** Stores one action by itself; answers its id. */
  storeAction(ruleId: string, action: ActionDraft): Promise<string>
}

/** Warnings of the save that led to another page: shown there once. */
let carried: string[] = []

/** What is written of a rule and not yet stored, and how it is stored. @param rule null for a new one */
export function useRuleForm(rule: RuleTextFragment | null, initial: RuleDraft): RuleForm {
  const { api } = useSession()
  const queries = useQueryClient()
  const toast = useToast()
  const [, goTo] = useLocation()
  /** What was read last; null where it is to be looked at again. */
  const [read, setRead] = useState<RuleDraft | null>(initial)
  const [before, setBefore] = useState(initial)
  const [draft, setDraft] = useState(initial)
  const [error, setError] = useState<ApiError | null>(null)
  const [refusals, setRefusals] = useState(0)
  const [isSaving, setSaving] = useState(false)
  const [warnings, setWarnings] = useState<readonly string[]>(() => carried.splice(0))
  const isDirty = !isSame(draft, before)

  // What somebody else has saved meanwhile is taken over where nothing is being written.
  if (!isSame(initial, read)) {
    setRead(initial)
    if (!isDirty) {
      const fresh = rule ? draftOf(rule, draft.actions) : initial
      setBefore(fresh)
      setDraft(fresh)
    }
  }

  const save = async (): Promise<void> => {
    setSaving(true)
    setError(null)
    setWarnings([])
    let sent = draft
    const created = (action: ActionDraft): void => {
      const withId = (one: ActionDraft): ActionDraft =>
        one.key === action.key ? { ...one, id: action.id } : one
      sent = { ...sent, actions: sent.actions.map(withId) }
      setDraft((current) => ({ ...current, actions: current.actions.map(withId) }))
      setBefore((current) => withAction(current, action))
    }
    try {
      const saved = rule ? await updateRule(api, rule, before, draft, created) : await createRule(api, draft)
      const stored = draftOf(saved.rule, sent.actions)
      setBefore(stored)
      setDraft((current) => (isSame(current, sent) ? stored : current))
      queries.setQueryData<Parts<RuleQuery>>(['Rule', { id: saved.rule.id }], {
        data: { rule: saved.rule },
        error: null,
      })
      void rereadRules(queries)
      toast({ tone: 'good', text: say.rules.saved(saved.rule.name) })
      if (rule) setWarnings(saved.warnings)
      else {
        carried = [...saved.warnings]
        goTo(`/rules/${saved.rule.id}`, { replace: true })
      }
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      setError(thrown)
      setRefusals((count) => count + 1)
    } finally {
      setSaving(false)
    }
  }

  return {
    draft,
    before,
    isDirty,
    isSaving,
    error,
    refusals,
    warnings,
    change: (part) => {
      setDraft((current) => ({ ...current, ...part }))
      setError((current) => current && withoutFaultsOf(part, current))
    },
    discard: () => {
      setDraft(before)
      setError(null)
      setRead(null)
    },
    save,
    storeAction: async (ruleId, action) => {
      const saved = await saveAction(api, ruleId, action)
      setBefore((current) => withAction(current, saved.action))
      setDraft((current) => withAction(current, saved.action))
      setWarnings(saved.warnings)
      void rereadRules(queries)
      return saved.action.id
    },
  }
}

/** How the server calls what the draft calls otherwise. */
const paths: Readonly<Record<string, string>> = {
  value: 'patternValue',
  condition: 'patternValue',
  count: 'thresholdCount',
  windowMinutes: 'thresholdWindowMinutes',
}

/** What is left of a failed save once some parts are written anew. */
function withoutFaultsOf(part: Partial<RuleDraft>, error: ApiError): ApiError | null {
  const changed = Object.keys(part).map((name) => paths[name] ?? name)
  const fields = error.fields.filter((field) => !changed.some((path) => faultAt([field], path) !== undefined))
  return fields.length === 0 ? null : new ApiError(error.fault, error.message, fields)
}
