import { whyGivenUp } from '../../alerts/given-up.js'
import { RetryDeliveryDocument } from '../../api/documents.js'
import { useChange } from '../../api/use-change.js'
import { useScope } from '../../app/scope.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { CodeChip } from '../../components/code-chip.js'
import { ForeignText } from '../../components/foreign-text.js'
import { Icon } from '../../components/icon.js'
import { useToast } from '../../components/toasts.js'
import { deliveryLook } from '../../alerts/look.js'
import { actionLook } from '../../rules/action-look.js'
import { ActionHead } from '../../rules/action-head.js'
import { actionAbout, actionTarget } from '../../rules/action-words.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { useNow } from '../../time/use-now.js'
import type { ShownAlert } from './alert-detail.js'

type Delivery = ShownAlert['deliveries'][number]

interface DeliveryItemProps {
  readonly delivery: Delivery
  readonly rule: ShownAlert['rule']
}

/** One delivery with every attempt and its answer. */
export function DeliveryItem({ delivery, rule }: DeliveryItemProps) {
  const now = useNow()
  const { action, attempts, status } = delivery
  const reason = status === 'SUPPRESSED' || status === 'FAILED' ? whyGivenUp(delivery.actionResult) : null
  const target = actionTarget(action.config)
  const type = actionLook(action.actionType).text
  const isSaid = reason === attempts.at(-1)?.error
  return (
    <li className="delivery">
      <header className="delivery-head">
        <ActionHead
          actionType={action.actionType}
          title={target ?? type}
          about={target === null ? actionAbout(action.actionType, action.config) : type}
        />
        <Badge {...deliveryLook(delivery, now)} />
        {(status === 'FAILED' || status === 'SUPPRESSED') && <Retry delivery={delivery} rule={rule} />}
      </header>
      {reason !== null && !isSaid && <p className="delivery-reason">{reason}</p>}
      {attempts.length > 0 && (
        <ol className="attempts" aria-label={say.alerts.attempts}>
          {attempts.map((attempt, place) => (
            <Attempt key={attempt.at} attempt={attempt} number={place + 1} />
          ))}
        </ol>
      )}
      {attempts.length === 0 && status === 'PENDING' && <p className="muted small">{say.alerts.noAttempt}</p>}
    </li>
  )
}

function Attempt({
  attempt,
  number,
}: {
  readonly attempt: Delivery['attempts'][number]
  readonly number: number
}) {
  const { at, success, durationMs, statusCode, error, response } = attempt
  return (
    <li className={`attempt tone-${success ? 'good' : 'bad'}`}>
      <span className="attempt-mark">
        <Icon name={success ? 'check' : 'cross'} />
      </span>
      <div className="attempt-body">
        <p className="attempt-line">
          <span>{say.alerts.attempt(number)}</span>
          <Time at={at} />
          {statusCode !== null && <CodeChip code={statusCode} />}
          <span className="muted number">{say.alerts.took(durationMs)}</span>
        </p>
        {error !== null && <p>{error}</p>}
        {response !== null && response !== '' && <ForeignText label={say.alerts.answer} text={response} />}
      </div>
    </li>
  )
}

function Retry({ delivery, rule }: DeliveryItemProps) {
  const { may, why } = useScope('OPERATE')
  const toast = useToast()
  const retry = useChange(RetryDeliveryDocument, ['Alert', 'Alerts'], {
    done: () => toast({ tone: 'good', text: say.alerts.retrying(1) }),
    failed: ({ message }) => toast({ tone: 'bad', text: message }),
  })
  const obstacle = obstacleOf(delivery, rule)
  return (
    <Button
      icon="refresh"
      isBusy={retry.isPending}
      disabled={!may || obstacle !== undefined}
      title={obstacle ?? why}
      onClick={() => retry.mutate({ id: delivery.id })}
    >
      {say.alerts.retry}
    </Button>
  )
}

/** Why the server would refuse to retry it. */
function obstacleOf({ action }: Delivery, rule: ShownAlert['rule']): string | undefined {
  if (rule.deletedAt !== null) return say.alerts.ruleDeleted
  if (action.deletedAt !== null) return say.alerts.actionDeleted
  if (!rule.enabled) return say.alerts.ruleDisabled
  return action.enabled ? undefined : say.alerts.actionDisabled
}
