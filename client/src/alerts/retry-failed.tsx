import { RetryFailedDocument } from '../api/documents.js'
import { useChange } from '../api/use-change.js'
import { useScope } from '../app/scope.js'
import { Button } from '../components/button.js'
import { useToast } from '../components/toasts.js'
import { say } from '../strings.js'

interface RetryFailedProps {
  /** Of this alert only; of all where left out. */
  readonly alertId?: string
  /** As a word beside a heading, where a button has no room. */
  readonly isBrief?: boolean
  readonly children: string
}

/** Tries again whatever failed and may be tried again. */
export function RetryFailed({ alertId, isBrief = false, children }: RetryFailedProps) {
  const retry = useChange(RetryFailedDocument, ['Alert', 'Alerts', 'Overview'])
  const { may, why } = useScope('OPERATE')
  const toast = useToast()
  return (
    <Button
      {...(isBrief ? { kind: 'quiet', className: 'button-brief' } : { icon: 'refresh' })}
      isBusy={retry.isPending}
      disabled={!may}
      title={why}
      onClick={() =>
        retry.mutate(
          { alertId: alertId ?? null },
          {
            onSuccess: ({ retryFailedDeliveries: { count } }) =>
              toast(
                count > 0
                  ? { tone: 'good', text: say.alerts.retrying(count) }
                  : { tone: 'busy', text: say.alerts.noneRetried },
              ),
            onError: ({ message }) => toast({ tone: 'bad', text: message }),
          },
        )
      }
    >
      {children}
    </Button>
  )
}
