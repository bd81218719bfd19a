import { useState } from 'react'
import { RetryFailedDocument } from '../api/documents.js'
import { madeNow } from '../api/made-now.js'
import { useChange } from '../api/use-change.js'
import { Confirm } from '../components/confirm.js'
import { useToast } from '../components/toasts.js'
import { say } from '../strings.js'
import { deliveryQueries } from './delivery-queries.js'
import { RetryButton } from './retry-button.js'

/** Those that fit all of it: of one alert, of one rule, of alerts since a moment (ISO 8601), that keep failing. */
interface WhichFailed {
  readonly alertId?: string | null
  readonly ruleId?: string | null
  readonly since?: string | null
  /** True: of those that keep failing. */
  readonly failing?: boolean | null
}

interface RetryFailedProps {
  /** A function where it moves with the clock. */
  readonly of: WhichFailed | (() => WhichFailed)
  /** Why the server would retry none of them, where that is known. */
  readonly obstacle: string | undefined
  /** What it will do, to be confirmed first: what is sent cannot be taken back. */
  readonly ask?: { readonly title: string; readonly about: string }
  /** As a word beside a heading, where a button has no room. */
  readonly isBrief?: boolean
  readonly children: string
}

/** Tries again whatever failed and may be tried again. */
export function RetryFailed({ of, obstacle, ask, isBrief = false, children }: RetryFailedProps) {
  const [isAsking, setAsking] = useState(false)
  const toast = useToast()
  const retry = useChange(RetryFailedDocument, deliveryQueries, {
    done: ({ retryFailedDeliveries: { count } }) =>
      toast(
        count > 0
          ? { tone: 'good', text: say.alerts.retrying(count) }
          : { tone: 'busy', text: say.alerts.noneRetried },
      ),
    failed: ({ message }) => toast({ tone: 'bad', text: message }),
  })
  const run = (): void => {
    setAsking(false)
    retry.mutate({ alertId: null, ruleId: null, since: null, failing: null, ...madeNow(of) })
  }
  return (
    <>
      <RetryButton
        {...(isBrief ? { kind: 'quiet', className: 'button-brief' } : { icon: 'refresh' })}
        isBusy={retry.isPending}
        obstacle={obstacle}
        onClick={() => (ask ? setAsking(true) : run())}
      >
        {children}
      </RetryButton>
      {ask && isAsking && (
        <Confirm
          title={ask.title}
          button={say.alerts.retryThem}
          isBusy={false}
          close={() => setAsking(false)}
          confirm={run}
        >
          {ask.about}
        </Confirm>
      )}
    </>
  )
}
