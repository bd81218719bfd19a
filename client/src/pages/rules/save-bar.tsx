import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { say } from '../../strings.js'
import type { RuleForm } from './use-rule-form.js'
import '../../components/foot-bar.css'

interface SaveBarProps {
  readonly form: RuleForm
  readonly isNew: boolean
}

/** Stores what is written, or says why it was not stored; within sight wherever the page stands. */
export function SaveBar({ form: { draft, error, isDirty, isSaving, discard }, isNew }: SaveBarProps) {
  return (
    <footer className="foot-bar save-bar" data-dirty={isDirty || isNew || undefined}>
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
      <Button kind="primary" type="submit" isBusy={isSaving} disabled={!isNew && !isDirty}>
        {isNew ? say.rules.createIt : say.rules.save}
      </Button>
    </footer>
  )
}
