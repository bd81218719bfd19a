import { Link } from 'wouter'
import { deliveryLook } from '../../alerts/look.js'
import { UpdateActionDocument } from '../../api/documents.js'
import { useChange } from '../../api/use-change.js'
import { useScope } from '../../app/scope.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Switch } from '../../components/switch.js'
import { useToast } from '../../components/toasts.js'
import { ActionLine } from '../../rules/action-line.js'
import { actionLook } from '../../rules/action-look.js'
import { ruleQueries } from '../../rules/reread-rules.js'
import { TestResult } from '../../rules/test-result.js'
import { useActionTest } from '../../rules/use-action-test.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { useNow } from '../../time/use-now.js'
import type { ListedAction } from './action-choice.js'
import type { LatestDelivery } from './latest-deliveries.js'

interface ActionRowProps {
  readonly action: ListedAction
  /** Null where it has none, `older` where too many of others are newer, undefined where that is not known yet. */
  readonly latest: LatestDelivery | null | 'older' | undefined
}

/** One action: whom it tells, whether it does, what became of it last, and a test. */
export function ActionRow({ action, latest }: ActionRowProps) {
  const { id, actionType, enabled, rule } = action
  const { may, why } = useScope('OPERATE')
  const { test, error, isBusy, run, close } = useActionTest()
  const type = actionLook(actionType).text
  return (
    <li className="action-row" data-off={!enabled || undefined}>
      <Toggle action={action} />
      <span className="action-row-what">
        <ActionLine action={action} href={`/rules/${rule.id}?action=${id}`} />
      </span>
      <Last action={action} latest={latest} />
      <Button
        icon="send"
        isBusy={isBusy}
        disabled={!may}
        aria-label={say.actionList.test(type, rule.name)}
        title={why ?? say.rules.testAbout}
        onClick={() => void run(async () => id)}
      >
        {say.rules.test}
      </Button>
      {error && (
        <p className="field-error action-row-below" role="alert">
          <Icon name="warning" />
          {error.message}
        </p>
      )}
      {test && (
        <div className="action-row-below">
          <TestResult actionType={actionType} test={test} close={close} />
        </div>
      )}
    </li>
  )
}

function Toggle({ action: { id, actionType, enabled, managedBy, rule } }: { readonly action: ListedAction }) {
  const change = useChange(UpdateActionDocument, ruleQueries)
  const { may, why } = useScope('OPERATE')
  const toast = useToast()
  const isOn = change.isPending ? (change.variables.input.enabled ?? enabled) : enabled
  return (
    <Switch
      label={say.actionList.on(actionLook(actionType).text, rule.name)}
      isOn={isOn}
      disabled={!may || managedBy !== null}
      title={managedBy !== null ? say.rules.managed(managedBy) : (why ?? say.actionList.onAbout)}
      set={(wanted) =>
        change.mutate(
          { id, input: { enabled: wanted } },
          { onError: ({ message }) => toast({ tone: 'bad', text: message }) },
        )
      }
    />
  )
}

/** What became of its newest delivery, and the way to all of them. */
function Last({ action: { id, actionType, rule }, latest }: ActionRowProps) {
  const now = useNow()
  if (latest === null) return <span className="action-row-last muted small">{say.actionList.unused}</span>
  return (
    <span className="action-row-last small">
      {latest === 'older' && <span className="muted">{say.actionList.older}</span>}
      {latest && latest !== 'older' && (
        <span className="action-row-delivery">
          <Link href={`/alerts/${latest.alertId}`} title={say.actionList.last}>
            <Badge {...deliveryLook(latest, now)} />
          </Link>
          <Time at={latest.triggeredAt} as="either" />
        </span>
      )}
      <Link
        href={`/deliveries?action=${id}`}
        aria-label={say.actionList.deliveriesOf(actionLook(actionType).text, rule.name)}
      >
        {say.actionList.deliveries}
      </Link>
    </span>
  )
}
