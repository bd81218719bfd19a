import { type DeliveryStatus, RetryDeliveryDocument } from '../api/documents.js'
import { useChange } from '../api/use-change.js'
import { useToast } from '../components/toasts.js'
import { say } from '../strings.js'
import { deliveryQueries } from './delivery-queries.js'
import { RetryButton } from './retry-button.js'
import { obstacleToOne, type Retriable } from './retry-obstacle.js'

interface RetryDeliveryProps {
  readonly delivery: {
    readonly id: string
    readonly status: DeliveryStatus
    readonly action: Retriable['action']
  }
  readonly rule: Retriable['rule']
  /** What is retried, for screen readers, where nothing around the button tells. */
  readonly label?: string
}

/** Tries a delivery again that was given up, or was not to be sent, or says why it cannot; nothing for any other. */
export function RetryDelivery({ delivery, rule, label }: RetryDeliveryProps) {
  const toast = useToast()
  const retry = useChange(RetryDeliveryDocument, deliveryQueries, {
    done: () => toast({ tone: 'good', text: say.alerts.retrying(1) }),
    failed: ({ message }) => toast({ tone: 'bad', text: message }),
  })
  if (!isToRetry(delivery)) return null
  return (
    <RetryButton
      icon="refresh"
      isBusy={retry.isPending}
      obstacle={obstacleToOne({ action: delivery.action, rule })}
      aria-label={label}
      onClick={() => retry.mutate({ id: delivery.id })}
    >
      {say.alerts.retry}
    </RetryButton>
  )
}

/** Whether it was given up, or was not to be sent. */
export function isToRetry({ status }: Pick<RetryDeliveryProps['delivery'], 'status'>): boolean {
  return status === 'FAILED' || status === 'SUPPRESSED'
}
