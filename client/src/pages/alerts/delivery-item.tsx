import { whyGivenUp } from '../../alerts/given-up.js'
import { RetryDelivery } from '../../alerts/retry-delivery.js'
import { Badge } from '../../components/badge.js'
import { CodeChip } from '../../components/code-chip.js'
import { ForeignText } from '../../components/foreign-text.js'
import { Icon } from '../../components/icon.js'
import { deliveryLook } from '../../alerts/look.js'
import { ActionLine } from '../../rules/action-line.js'
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
  const isSaid = reason === attempts.at(-1)?.error
  return (
    <li className="delivery">
      <header className="delivery-head">
        <ActionLine action={action} />
        <Badge {...deliveryLook(delivery, now)} />
        <RetryDelivery delivery={delivery} rule={rule} />
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
