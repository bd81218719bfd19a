import { RetryFailed } from '../../alerts/retry-failed.js'
import { say } from '../../strings.js'
import { sinceOf } from '../../time/bounds.js'
import { serverNow } from '../../time/server-clock.js'
import type { DeliveryChoice } from './delivery-choice.js'

interface RetryChosenProps {
  readonly choice: DeliveryChoice
  /** How many of what is chosen failed. */
  readonly count: number
}

/** Tries again what failed of what is chosen, where the server can tell it apart: not of one action, nor up to a moment. */
export function RetryChosen({ choice: { status, rule, action, since, until }, count }: RetryChosenProps) {
  const isShown = status === null || status === 'FAILED'
  if (count === 0 || !isShown || action !== '' || until !== '') return null
  return (
    <RetryFailed
      of={() => ({ ruleId: rule === '' ? null : rule, since: sinceOf(since, serverNow()) })}
      ask={{ title: say.overview.retryTitle(count), about: say.deliveryList.retryAbout(count) }}
    >
      {say.deliveryList.retryAll(count)}
    </RetryFailed>
  )
}
