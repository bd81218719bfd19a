import { useId } from 'react'
import { type DeliveryStatus, RetryDeliveryDocument } from '../api/documents.js'
import { useChange } from '../api/use-change.js'
import { useScope } from '../app/scope.js'
import { Button } from '../components/button.js'
import { useToast } from '../components/toasts.js'
import { say } from '../strings.js'
import { deliveryQueries } from './delivery-queries.js'

interface RetryDeliveryProps {
  readonly delivery: {
    readonly id: string
    readonly status: DeliveryStatus
    readonly action: { readonly enabled: boolean; readonly deletedAt: string | null }
  }
  readonly rule: { readonly enabled: boolean; readonly deletedAt: string | null }
  /** What is retried, for screen readers, where nothing around the button tells. */
  readonly label?: string
}

/** Tries a delivery again that was given up, or was not to be sent, or says why it cannot; nothing for any other. */
export function RetryDelivery({ delivery, rule, label }: RetryDeliveryProps) {
  const { may, why } = useScope('OPERATE')
  const obstacleId = useId()
  const toast = useToast()
  const retry = useChange(RetryDeliveryDocument, deliveryQueries, {
    done: () => toast({ tone: 'good', text: say.alerts.retrying(1) }),
    failed: ({ message }) => toast({ tone: 'bad', text: message }),
  })
  if (!isToRetry(delivery)) return null
  const obstacle = obstacleOf(delivery, rule)
  return (
    <>
      <Button
        icon="refresh"
        isBusy={retry.isPending}
        disabled={!may || obstacle !== undefined}
        title={why}
        aria-label={label}
        aria-describedby={obstacle === undefined ? undefined : obstacleId}
        onClick={() => retry.mutate({ id: delivery.id })}
      >
        {say.alerts.retry}
      </Button>
      {obstacle !== undefined && (
        <span id={obstacleId} className="retry-obstacle muted small">
          {obstacle}
        </span>
      )}
    </>
  )
}

/** Whether it was given up, or was not to be sent. */
export function isToRetry({ status }: Pick<RetryDeliveryProps['delivery'], 'status'>): boolean {
  return status === 'FAILED' || status === 'SUPPRESSED'
}

/** Why the server would refuse to retry it. */
function obstacleOf(
  { action }: RetryDeliveryProps['delivery'],
  rule: RetryDeliveryProps['rule'],
): string | undefined {
  if (rule.deletedAt !== null) return say.alerts.toRetry.ruleDeleted
  if (action.deletedAt !== null) return say.alerts.toRetry.actionDeleted
  if (!rule.enabled) return say.alerts.toRetry.ruleDisabled
  return action.enabled ? undefined : say.alerts.toRetry.actionDisabled
}
