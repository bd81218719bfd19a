import { RetryFailed } from '../../alerts/retry-failed.js'
import { obstacleToAll } from '../../alerts/retry-obstacle.js'
import { say } from '../../strings.js'
import { sinceOf } from '../../time/bounds.js'
import { serverNow } from '../../time/server-clock.js'
import type { DeliveryChoice } from './delivery-choice.js'
import type { ListedDelivery } from './delivery-row.js'

interface RetryChosenProps {
  readonly choice: DeliveryChoice
  /** How many of what is chosen failed. */
  readonly count: number
  /** Those of what is chosen that are listed so far. */
  readonly listed: readonly ListedDelivery[]
}

/** Tries again what failed of what is chosen, where the server can tell it apart: not of one action, nor up to a moment. */
export function RetryChosen({ choice, count, listed }: RetryChosenProps) {
  const { state, rule, action, since, until } = choice
  const isShown = state === null || state === 'FAILED' || state === 'FAILING'
  if (count === 0 || !isShown || action !== '' || until !== '') return null
  const failed = listed.filter(({ status }) => status === 'FAILED')
  // What is not listed yet may be of a rule that is enabled, unless all is of one.
  const isKnown = failed.length >= count || (rule !== '' && failed.every(({ alert }) => isOff(alert.rule)))
  return (
    <RetryFailed
      of={() => ({
        ruleId: rule === '' ? null : rule,
        since: sinceOf(since, serverNow()),
        failing: state === 'FAILING' ? true : null,
      })}
      obstacle={
        isKnown
          ? obstacleToAll(failed.map((one) => ({ action: one.action, rule: one.alert.rule })))
          : undefined
      }
      ask={{ title: say.overview.retryTitle(count), about: say.deliveryList.retryAbout(count) }}
    >
      {say.deliveryList.retryAll(count)}
    </RetryFailed>
  )
}

function isOff(rule: ListedDelivery['alert']['rule']): boolean {
  return rule.deletedAt !== null || !rule.enabled
}
