import { Link } from 'wouter'
import { whyGivenUp } from '../../alerts/given-up.js'
import { deliveryLook } from '../../alerts/look.js'
import { RetryDelivery } from '../../alerts/retry-delivery.js'
import type { DeliveryLineFragment } from '../../api/documents.js'
import { Badge } from '../../components/badge.js'
import { CodeChip } from '../../components/code-chip.js'
import { ActionLine } from '../../rules/action-line.js'
import { briefCause } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { useNow } from '../../time/use-now.js'

export type ListedDelivery = DeliveryLineFragment

/** One delivery: where it stands, what it is, what it is for, and what came of it last. All of it leads to its alert. */
export function DeliveryRow({ delivery }: { readonly delivery: ListedDelivery }) {
  const now = useNow()
  const { alertId, action, alert, status, triggeredAt } = delivery
  const { rule } = alert
  return (
    <li className="delivery-row" data-status={status}>
      <span className="delivery-row-state">
        <Badge {...deliveryLook(delivery, now)} />
      </span>
      <span className="delivery-row-action">
        <ActionLine action={action} />
      </span>
      <span className="delivery-row-alert">
        <Link href={`/alerts/${alertId}`} title={alert.summary}>
          {briefCause(rule.name, alert)}
        </Link>
        <span className="small">
          {rule.deletedAt === null ? (
            <Link href={`/rules/${rule.id}`} aria-label={say.deliveryList.rule(rule.name)}>
              {rule.name}
            </Link>
          ) : (
            <span className="muted" title={say.alerts.ruleDeleted}>
              {rule.name}
            </span>
          )}
        </span>
      </span>
      <span className="delivery-row-time">
        <Time at={triggeredAt} />
      </span>
      <LastWord delivery={delivery} />
      <RetryDelivery delivery={delivery} rule={rule} label={say.deliveryList.retryIt(rule.name)} />
    </li>
  )
}

/** What was answered last, or why it came to nothing. */
function LastWord({ delivery: { status, attempts, actionResult } }: { readonly delivery: ListedDelivery }) {
  const last = attempts.at(-1)
  const isOver = status === 'FAILED' || status === 'SUPPRESSED'
  const error = (isOver ? whyGivenUp(actionResult) : null) ?? last?.error ?? null
  const text = error ?? last?.response ?? ''
  const code = last?.statusCode ?? null
  if (text === '' && code === null) return null
  return (
    <p
      className="delivery-row-last muted small"
      data-bad={(error !== null && status !== 'SUPPRESSED') || undefined}
    >
      {code !== null && <CodeChip code={code} />}
      {text !== '' && (
        <span className="delivery-row-words" title={text}>
          {text}
        </span>
      )}
      {last && <span className="number">{say.alerts.took(last.durationMs)}</span>}
    </p>
  )
}
