import { useState } from 'react'
import { ApiError, type FieldFault } from '../../api/api-error.js'
import { TestActionDocument, type TestActionMutation } from '../../api/documents.js'
import { faultAt, faultsBelow } from '../../api/field-faults.js'
import { useSession } from '../../app/session.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Switch } from '../../components/switch.js'
import { actionLook } from '../../rules/action-look.js'
import { ActionHead } from '../../rules/action-head.js'
import { actionAbout } from '../../rules/action-words.js'
import { say } from '../../strings.js'
import { ConfigForm } from './config-form.js'
import { type ActionDraft, isSame } from './rule-draft.js'
import { TestResult } from './test-result.js'
import type { ActionTypeInfo } from './use-action-types.js'

interface ActionCardProps {
  readonly action: ActionDraft
  /** Undefined while the types are not known. */
  readonly type: ActionTypeInfo | undefined
  /** As it is stored; undefined for a new one. */
  readonly stored: ActionDraft | undefined
  readonly faults: readonly FieldFault[]
  readonly isReadOnly: boolean
  readonly mayTest: boolean
  change(part: Partial<ActionDraft>): void
  remove(): void
  readonly store?: () => Promise<string>
}

/** One action: its form, and a test that really sends. */
export function ActionCard({
  action,
  type,
  stored,
  faults,
  isReadOnly,
  mayTest,
  change,
  remove,
  store,
}: ActionCardProps) {
  const { api } = useSession()
  const [test, setTest] = useState<TestActionMutation['testAction'] | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const look = actionLook(action.actionType)
  const isDirty = !isSame(stored, action)

  const sendTest = async (): Promise<void> => {
    setBusy(true)
    setTest(null)
    setError(null)
    try {
      const id = isDirty && store ? await store() : action.id
      if (id !== null) setTest((await api.ask(TestActionDocument, { id })).testAction)
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }

  const shown = [...faults, ...(error?.fields ?? [])]
  const own = faultAt(
    shown.filter(({ path }) => path === 'config'),
    'config',
  )
  return (
    <li className="action" data-off={!action.enabled || undefined}>
      <header className="action-head">
        <ActionHead
          actionType={action.actionType}
          title={type?.title ?? look.text}
          about={actionAbout(action.actionType, action.config)}
        />
        <Switch
          label={say.rules.actionOn(look.text)}
          isOn={action.enabled}
          disabled={isReadOnly}
          set={(enabled) => change({ enabled })}
        />
        {!isReadOnly && (
          <Button kind="quiet" icon="trash" aria-label={say.rules.removeAction} onClick={remove} />
        )}
      </header>
      {type && (
        <fieldset disabled={isReadOnly}>
          <ConfigForm
            schema={type.configSchema}
            config={action.config}
            faults={faultsBelow(shown, 'config')}
            isReadOnly={isReadOnly}
            set={(config) => change({ config })}
          />
        </fieldset>
      )}
      {own !== undefined && (
        <p className="field-error" role="alert">
          <Icon name="warning" />
          {own}
        </p>
      )}
      <footer className="action-foot">
        <Button
          icon="send"
          isBusy={isBusy}
          disabled={!mayTest || (isDirty && !store)}
          title={isDirty && !store ? say.rules.testLater : undefined}
          onClick={() => void sendTest()}
        >
          {isDirty && store ? say.rules.saveAndTest : say.rules.test}
        </Button>
        <span className="muted small">{isDirty && !store ? say.rules.testLater : say.rules.testAbout}</span>
      </footer>
      {error && error.fields.length === 0 && (
        <p className="field-error" role="alert">
          <Icon name="warning" />
          {error.message}
        </p>
      )}
      {test && <TestResult actionType={action.actionType} test={test} close={() => setTest(null)} />}
    </li>
  )
}
