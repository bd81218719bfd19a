import { type FormEvent, useRef } from 'react'
import type { RuleTextFragment } from '../../api/documents.js'
import { faultsBelow } from '../../api/field-faults.js'
import { type ScopeAnswer, useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { useUnsaved } from '../../app/unsaved.js'
import { Note } from '../../components/note.js'
import { say } from '../../strings.js'
import { ActionList } from './action-list.js'
import { blankToFill, bringIntoSight, bringPreviewIntoSight, useFirstMarked } from './bring-into-sight.js'
import { isWhole, type RuleDraft } from './rule-draft.js'
import { RuleHead } from './rule-head.js'
import { RuleNaming } from './rule-naming.js'
import { PreviewLine, RulePreview } from './rule-preview.js'
import { SaveBar } from './save-bar.js'
import { Sentence } from './sentence.js'
import { usePreview } from './use-preview.js'
import { useRuleForm } from './use-rule-form.js'
import './rule-editor.css'

interface RuleEditorProps {
  /** Null for a new one. */
  readonly rule: RuleTextFragment | null
  readonly initial: RuleDraft
}

/** A rule as a sentence to fill in, with what it would have done beside it. */
export function RuleEditor({ rule, initial }: RuleEditorProps) {
  const form = useRuleForm(rule, initial)
  const { draft, error, change } = form
  const preview = usePreview(draft)
  const scope = useScope('OPERATE')
  const isReadOnly = !scope.may || (rule?.managedBy ?? null) !== null
  const element = useRef<HTMLFormElement>(null)
  useFirstMarked(element, form.refusals)
  useUnsaved(form.isDirty && !isReadOnly)

  // What the server said of the last save goes first, then what the preview says of the sentence as it is now.
  const faults = [...(error?.fields ?? []), ...(error ? [] : isWhole(draft) ? preview.faults : [])]
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void form.save()
  }
  return (
    <form ref={element} className="rule-editor" onSubmit={submit} noValidate>
      <RuleHead
        rule={rule}
        isEnabled={draft.enabled}
        isReadOnly={isReadOnly}
        mayMake={scope.may}
        enable={(enabled) => change({ enabled })}
      />
      <Notes rule={rule} scope={scope} warnings={form.warnings} />
      <div className="rule-columns">
        <div className="rule-form">
          <fieldset disabled={isReadOnly}>
            <Sentence draft={draft} faults={faults} change={change} />
          </fieldset>
          <PreviewLine draft={draft} preview={preview} show={() => bringPreviewIntoSight(element.current)} />
          <ActionList
            actions={draft.actions}
            before={form.before.actions}
            faults={faultsBelow(faults, 'actions')}
            isReadOnly={isReadOnly}
            mayTest={scope.may}
            set={(actions) => change({ actions })}
            {...(rule && { store: (action) => form.storeAction(rule.id, action) })}
          />
          <RuleNaming draft={draft} faults={faults} isReadOnly={isReadOnly} change={change} />
        </div>
        <RulePreview
          draft={draft}
          preview={preview}
          toSentence={() => bringIntoSight(blankToFill(element.current))}
        />
      </div>
      {!isReadOnly && <SaveBar form={form} isNew={rule === null} />}
    </form>
  )
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
