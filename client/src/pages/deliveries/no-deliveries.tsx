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
  const isGood = choice.state === 'FAILED' || choice.state === 'FAILING'
  const { title, next } = say.deliveryList.noneIn[isGood ? choice.state : 'ANY']
  return (
    <Empty
      icon={isGood ? 'check' : 'filter'}
      title={title}
      action={<Button onClick={clear}>{say.deliveryList.showAll}</Button>}
    >
      {next}
    </Empty>
  )
}
