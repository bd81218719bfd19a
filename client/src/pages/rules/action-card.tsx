import { type RefObject, useEffect, useRef } from 'react'
import type { FieldFault } from '../../api/api-error.js'
import { faultAt, faultsBelow } from '../../api/field-faults.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Skeleton } from '../../components/states.js'
import { Switch } from '../../components/switch.js'
import { actionLook } from '../../rules/action-look.js'
import { ActionHead } from '../../rules/action-head.js'
import { actionAbout } from '../../rules/action-words.js'
import { TestResult } from '../../rules/test-result.js'
import { useActionTest } from '../../rules/use-action-test.js'
import { say } from '../../strings.js'
import { ConfigForm } from './config-form.js'
import { type ActionDraft, isSame } from './rule-draft.js'
import type { ActionTypeInfo } from './use-action-types.js'

interface ActionCardProps {
  readonly action: ActionDraft
  /** Undefined while the types are not known. */
  readonly type: ActionTypeInfo | undefined
  /** Whether they are on their way. */
  readonly isLoading: boolean
  /** As it is stored; undefined for a new one. */
  readonly stored: ActionDraft | undefined
  readonly faults: readonly FieldFault[]
  readonly isReadOnly: boolean
  readonly mayTest: boolean
  /** Whether the address leads to it. */
  readonly isAskedFor: boolean
  change(part: Partial<ActionDraft>): void
  remove(): void
  readonly store?: () => Promise<string>
}

/** One action: its form, and a test that really sends. */
export function ActionCard({
  action,
  type,
  isLoading,
  stored,
  faults,
  isReadOnly,
  mayTest,
  isAskedFor,
  change,
  remove,
  store,
}: ActionCardProps) {
  const { test, error, isBusy, run, close } = useActionTest()
  const card = useScrolledTo(isAskedFor)
  const look = actionLook(action.actionType)
  const isDirty = !isSame(stored, action)

  const shown = [...faults, ...(error?.fields ?? [])]
  const own = faultAt(
    shown.filter(({ path }) => path === 'config'),
    'config',
  )
  return (
    <li
      ref={card}
      className="action"
      tabIndex={isAskedFor ? -1 : undefined}
      data-asked-for={isAskedFor || undefined}
      data-off={!action.enabled || undefined}
    >
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
      {isLoading && <Skeleton lines={2} />}
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
          onClick={() => void run(async () => (isDirty && store ? store() : action.id))}
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
      {test && <TestResult actionType={action.actionType} test={test} close={close} />}
    </li>
  )
}

/** Brings it into sight once it is there, with the focus. */
function useScrolledTo(isWanted: boolean): RefObject<HTMLLIElement | null> {
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!isWanted) return undefined
    // After what a new page does of its own: it begins at its top, with the focus on all of it.
    const timer = setTimeout(() => {
      card.current?.scrollIntoView({ block: 'center' })
      card.current?.focus({ preventScroll: true })
    })
    return () => clearTimeout(timer)
  }, [isWanted])
  return card
}
