import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { useAddressChoice } from '../../app/use-address-choice.js'
import { Older } from '../../components/older.js'
import { PageHead } from '../../components/page-head.js'
import { Answered } from '../../components/states.js'
import { Lack } from '../../components/trouble.js'
import { useListKeys } from '../../components/use-list-keys.js'
import { say } from '../../strings.js'
import { deliveryChoiceIn, everyDelivery, parametersOf } from './delivery-choice.js'
import { DeliveryFilters } from './delivery-filters.js'
import { DeliveryRow, type ListedDelivery } from './delivery-row.js'
import { NoDeliveries } from './no-deliveries.js'
import { RetryChosen } from './retry-chosen.js'
import { useDeliveries, useDeliveryTotals } from './use-deliveries.js'
import './deliveries.css'

/** Everything that was owed for an alert, and what became of it. */
export default function DeliveriesPage() {
  const [choice, change] = useAddressChoice(deliveryChoiceIn, parametersOf)
  const pages = useDeliveries(choice)
  const answer = useDeliveryTotals(choice)
  const { data: totals, isPlaceholderData: areOfLastChoice } = answer
  const listed = pages.data?.pages.flatMap((page) => page.deliveries.nodes) ?? []
  const clear = (): void => change(everyDelivery)
  return (
    <>
      <PageHead
        title={say.nav.deliveries}
        about={totals ? say.deliveryList.found(totals.deliveries.totalCount) : say.deliveryList.about}
        tools={
          totals &&
          !areOfLastChoice && (
            <RetryChosen
              choice={choice}
              count={totals.failed.totalCount}
              retriable={totals.retriable.totalCount}
              listed={listed}
            />
          )
        }
      />
      <ScopeNote scope={useScope('OPERATE')} />
      <DeliveryFilters choice={choice} change={change} />
      <Lack answer={answer} what={say.deliveryList.totals} />
      <section className="panel" aria-label={say.nav.deliveries}>
        <Answered answer={pages} lines={9}>
          {() =>
            listed.length === 0 ? (
              <NoDeliveries choice={choice} clear={clear} />
            ) : (
              <>
                <Rows deliveries={listed} />
                <Older pages={pages}>{say.deliveryList.older}</Older>
              </>
            )
          }
        </Answered>
      </section>
    </>
  )
}

function Rows({ deliveries }: { readonly deliveries: readonly ListedDelivery[] }) {
  const list = useListKeys()
  return (
    <ul className="delivery-rows" ref={list}>
      {deliveries.map((delivery) => (
        <DeliveryRow key={delivery.id} delivery={delivery} />
      ))}
    </ul>
  )
}
