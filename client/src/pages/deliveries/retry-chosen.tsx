import { RetryFailed } from '../../alerts/retry-failed.js'
import { say } from '../../strings.js'
import type { DeliveryChoice } from './delivery-choice.js'

interface RetryChosenProps {
  readonly choice: DeliveryChoice
  /** Where the span that is chosen begins, ISO 8601; undefined = everything. */
  readonly since: string | undefined
  /** How many of what is chosen failed. */
  readonly count: number
}

/** Tries again what failed of what is chosen, where the server can tell it apart: not of one action, nor up to a moment. */
export function RetryChosen({ choice: { status, rule, action, until }, since, count }: RetryChosenProps) {
  const isShown = status === null || status === 'FAILED'
  if (count === 0 || !isShown || action !== '' || until !== '') return null
  return (
    <RetryFailed
      of={{ ...(rule !== '' && { ruleId: rule }), ...(since !== undefined && { since }) }}
      ask={{ title: say.overview.retryTitle(count), about: say.deliveryList.retryAbout }}
    >
      {say.deliveryList.retryAll(count)}
    </RetryFailed>
  )
}
