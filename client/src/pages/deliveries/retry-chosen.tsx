import { RetryFailed } from '../../alerts/retry-failed.js'
import { obstacleToMany } from '../../alerts/retry-obstacle.js'
import { say } from '../../strings.js'
import { sinceOf } from '../../time/bounds.js'
import { serverNow } from '../../time/server-clock.js'
import type { DeliveryChoice } from './delivery-choice.js'
import type { ListedDelivery } from './delivery-row.js'

interface RetryChosenProps {
  readonly choice: DeliveryChoice
  /** How many of what is chosen failed. */
  readonly count: number
  /** How many of these the server would try again. */
  readonly retriable: number
  /** Those of what is chosen that are listed so far. */
  readonly listed: readonly ListedDelivery[]
}

/** Tries again what failed of what is chosen, where the server can tell it apart: not of one action, nor up to a moment. */
export function RetryChosen({ choice, count, retriable, listed }: RetryChosenProps) {
  const { state, rule, action, since, until } = choice
  const isOfFailed = state === null || state === 'FAILED' || state === 'FAILING'
  if (count === 0 || !isOfFailed || action !== '' || until !== '') return null
  const failed = listed.filter(({ status }) => status === 'FAILED')
  return (
    <RetryFailed
      of={() => ({
        ruleId: rule === '' ? null : rule,
        since: sinceOf(since, serverNow()),
        failing: state === 'FAILING' ? true : null,
      })}
      obstacle={obstacleToMany({
        count,
        retriable,
        some: failed.map((one) => ({ action: one.action, rule: one.alert.rule })),
        ofRule: rule === '' ? null : (listed[0]?.alert.rule ?? null),
      })}
      ask={{
        title: say.overview.retryTitle(retriable, count),
        about: say.deliveryList.retryAbout(retriable),
      }}
    >
      {say.alerts.retryAll(retriable, count)}
    </RetryFailed>
  )
}
