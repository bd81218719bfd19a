import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Parts } from '../../api/api.js'
import { ApiError } from '../../api/api-error.js'
import type { RuleQuery, RuleTextFragment } from '../../api/documents.js'
import { faultAt, faultsBelow } from '../../api/field-faults.js'
import { type ScopeAnswer, useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { useSession } from '../../app/session.js'
import { useUnsaved } from '../../app/unsaved.js'
import { Back } from '../../components/back.js'
import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { Icon } from '../../components/icon.js'
import { LinkButton } from '../../components/link-button.js'
import { Note } from '../../components/note.js'
import { PageHead } from '../../components/page-head.js'
import { Panel } from '../../components/panel.js'
import { Switch } from '../../components/switch.js'
import { useToast } from '../../components/toasts.js'
import { rereadRules } from '../../rules/reread-rules.js'
import { useDeleteRule } from '../../rules/rule-deletions.js'
import { say } from '../../strings.js'
import { ActionList } from './action-list.js'
import { type ActionDraft, draftOf, isSame, isWhole, type RuleDraft, withAction } from './rule-draft.js'
import { PreviewLine, RulePreview } from './rule-preview.js'
import { createRule, saveAction, updateRule } from './save-rule.js'
import { Sentence } from './sentence.js'
import { usePreview } from './use-preview.js'
import '../../components/foot-bar.css'
import './rule-editor.css'

interface RuleEditorProps {
  /** Null for a new one. */
  readonly rule: RuleTextFragment | null
  readonly initial: RuleDraft
}

/** Warnings of the save that led to another page: shown there once. */
let carried: string[] = []

/** A rule as a sentence to fill in, with what it would have done beside it. */
export function RuleEditor({ rule, initial }: RuleEditorProps) {
  const { api } = useSession()
  const queries = useQueryClient()
  const toast = useToast()
  const [, goTo] = useLocation()
  /** What was read last; null where it is to be looked at again. */
  const [read, setRead] = useState<RuleDraft | null>(initial)
  const [before, setBefore] = useState(initial)
  const [draft, setDraft] = useState(initial)
  const [error, setError] = useState<ApiError | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [warnings, setWarnings] = useState<readonly string[]>(() => carried.splice(0))
  const scope = useScope('OPERATE')
  const remove = useDeleteRule()
  const preview = usePreview(draft)

  const isReadOnly = !scope.may || (rule?.managedBy ?? null) !== null
  const isDirty = !isSame(draft, before)
  const form = useRef<HTMLFormElement>(null)
  const [refusals, setRefusals] = useState(0)
  useFirstMarked(form, refusals)
  useUnsaved(isDirty && !isReadOnly)
  // What somebody else has saved meanwhile is taken over where nothing is being written.
  if (!isSame(initial, read)) {
    setRead(initial)
    if (!isDirty) {
      const fresh = rule ? draftOf(rule, draft.actions) : initial
      setBefore(fresh)
      setDraft(fresh)
    }
  }
  const change = (part: Partial<RuleDraft>): void => {
    setDraft((current) => ({ ...current, ...part }))
    setError((current) => current && withoutFaultsOf(part, current))
  }
  const discard = (): void => {
    setDraft(before)
    setError(null)
    setRead(null)
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
  const showPreview = (): void => {
    const found = form.current?.querySelector('.preview')
    found?.querySelector('button')?.focus({ preventScroll: true })
    found?.scrollIntoView({ block: 'start' })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save()
  }

  // What the server said of the last save goes first, then what the preview says of the sentence as it is now.
  const faults = [...(error?.fields ?? []), ...(error ? [] : isWhole(draft) ? preview.faults : [])]
  const title = rule ? rule.name : say.rules.newTitle

  return (
    <form ref={form} className="rule-editor" onSubmit={submit} noValidate>
      <Back href="/rules">{say.rules.back}</Back>
      <PageHead
        title={title}
        tools={
          <>
            <label className="switch-line">
              <Switch
                label={say.rules.on}
                isOn={draft.enabled}
                disabled={isReadOnly}
                set={(enabled) => change({ enabled })}
              />
              <span aria-hidden="true">{draft.enabled ? say.rules.on : say.rules.off}</span>
            </label>
            {rule && (
              <>
                <LinkButton href={`/alerts?rule=${rule.id}`}>{say.rules.alerts}</LinkButton>
                <LinkButton href={`/deliveries?rule=${rule.id}`}>{say.nav.deliveries}</LinkButton>
                {scope.may && (
                  <LinkButton href={`/rules/new?copy=${rule.id}`}>{say.rules.duplicateShort}</LinkButton>
                )}
                <Button
                  kind="danger"
                  disabled={isReadOnly}
                  onClick={() => {
                    remove(rule)
                    goTo('/rules', { replace: true })
                  }}
                >
                  {say.rules.removeShort}
                </Button>
              </>
            )}
          </>
        }
      />
      <Notes rule={rule} scope={scope} warnings={warnings} />
      <div className="rule-columns">
        <div className="rule-form">
          <fieldset disabled={isReadOnly}>
            <Sentence draft={draft} faults={faults} change={change} />
          </fieldset>
          <PreviewLine draft={draft} preview={preview} show={showPreview} />
          <ActionList
            actions={draft.actions}
            before={before.actions}
            faults={faultsBelow(faults, 'actions')}
            isReadOnly={isReadOnly}
            mayTest={scope.may}
            set={(actions) => change({ actions })}
            {...(rule && {
              store: async (action) => {
                const saved = await saveAction(api, rule.id, action)
                setBefore((current) => withAction(current, saved.action))
                setDraft((current) => withAction(current, saved.action))
                setWarnings(saved.warnings)
                void rereadRules(queries)
                return saved.action.id
              },
            })}
          />
          <Panel title={say.rules.naming}>
            <fieldset className="rule-names" disabled={isReadOnly}>
              <Field label={say.rules.name} error={faultAt(faults, 'name')}>
                {(control) => (
                  <input
                    {...control}
                    className="input"
                    value={draft.name}
                    maxLength={200}
                    autoComplete="off"
                    onChange={({ target }) => change({ name: target.value })}
                  />
                )}
              </Field>
              <Field
                label={say.rules.description}
                hint={say.rules.descriptionHint}
                error={faultAt(faults, 'description')}
              >
                {(control) => (
                  <textarea
                    {...control}
                    className="input"
                    rows={2}
                    value={draft.description}
                    onChange={({ target }) => change({ description: target.value })}
                  />
                )}
              </Field>
            </fieldset>
          </Panel>
        </div>
        <RulePreview
          draft={draft}
          preview={preview}
          toSentence={() => bringIntoSight(blankToFill(form.current))}
        />
      </div>
      {!isReadOnly && (
        <footer className="foot-bar save-bar" data-dirty={isDirty || rule === null || undefined}>
          {error && (
            <p className="save-error" role="alert">
              <Icon name="warning" />
              {error.fields.length > 0 ? say.rules.faults(error.fields.length) : error.message}
            </p>
          )}
          {!error && (
            <p className="muted small">
              {isDirty ? say.rules.unsaved : say.rules.judges(draft.condition === 'SYSTEM')}
            </p>
          )}
          {isDirty && (
            <Button kind="quiet" onClick={discard}>
              {say.rules.discard}
            </Button>
          )}
          <Button kind="primary" type="submit" isBusy={isSaving} disabled={rule !== null && !isDirty}>
            {rule ? say.rules.save : say.rules.createIt}
          </Button>
        </footer>
      )}
    </form>
  )
}

/** Each time that saving was refused, the first field that is marked comes into sight: on a phone it may be far away. */
function useFirstMarked(form: RefObject<HTMLFormElement | null>, refusals: number): void {
  useEffect(() => {
    if (refusals === 0) return
    bringIntoSight(form.current?.querySelector<HTMLElement>('[aria-invalid]'))
  }, [form, refusals])
}

/** The first blank of the sentence that is wrong, or empty. */
function blankToFill(form: HTMLFormElement | null): HTMLInputElement | undefined {
  const blanks = [...(form?.querySelectorAll<HTMLInputElement>('.sentence input') ?? [])]
  return (
    blanks.find((blank) => blank.matches('[aria-invalid]')) ??
    blanks.find(({ value }) => value.trim() === '') ??
    blanks[0]
  )
}

function bringIntoSight(field: HTMLElement | null | undefined): void {
  field?.focus({ preventScroll: true })
  field?.scrollIntoView({ block: 'center' })
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

interface NotesProps {
  readonly rule: RuleTextFragment | null
  readonly scope: ScopeAnswer
  readonly warnings: readonly string[]
}

/** Why nothing can be changed, and what the server finds odd about what was saved. */
function Notes({ rule, scope, warnings }: NotesProps) {
  return (
    <>
      {rule !== null && rule.managedBy !== null && (
        <Note tone="busy" icon="code">
          {say.rules.managedNote(rule.managedBy)}
        </Note>
      )}
      <ScopeNote scope={scope} />
      {warnings.map((warning) => (
        <Note key={warning} tone="warn" icon="warning" isNews>
          {say.rules.savedBut(warning)}
        </Note>
      ))}
    </>
  )
}
