import { Button } from '../../components/button.js'
import { LinkButton } from '../../components/link-button.js'
import { Empty } from '../../components/states.js'
import { say } from '../../strings.js'
import { type DeliveryChoice, parametersOf } from './delivery-choice.js'

interface NoDeliveriesProps {
  readonly choice: DeliveryChoice
  clear(): void
}

/** Why the list is empty, and what to do about it. */
export function NoDeliveries({ choice, clear }: NoDeliveriesProps) {
  if (parametersOf(choice).size === 0)
    return (
      <Empty
        icon="send"
        title={say.deliveryList.none}
        action={<LinkButton href="/rules">{say.alerts.toRules}</LinkButton>}
      >
        {say.deliveryList.noneNext}
      </Empty>
    )
  const isGood = choice.status === 'FAILED'
  return (
    <Empty
      icon={isGood ? 'check' : 'filter'}
      title={isGood ? say.deliveryList.noneFailed : say.deliveryList.noneMatch}
      action={<Button onClick={clear}>{say.deliveryList.showAll}</Button>}
    >
      {isGood ? say.deliveryList.noneFailedNext : say.deliveryList.noneMatchNext}
    </Empty>
  )
}
