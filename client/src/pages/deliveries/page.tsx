import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { DeliveryTotalsDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Older } from '../../components/older.js'
import { PageHead } from '../../components/page-head.js'
import { Answered } from '../../components/states.js'
import { useListKeys } from '../../components/use-list-keys.js'
import { say } from '../../strings.js'
import {
  type DeliveryChoice,
  deliveryChoiceIn,
  deliveryFilterOf,
  everyDelivery,
  parametersOf,
} from './delivery-choice.js'
import { DeliveryFilters } from './delivery-filters.js'
import { DeliveryRow, type ListedDelivery } from './delivery-row.js'
import { NoDeliveries } from './no-deliveries.js'
import { RetryChosen } from './retry-chosen.js'
import { useDeliveries } from './use-deliveries.js'
import './deliveries.css'

/** Everything that was owed for an alert, and what became of it. */
export default function DeliveriesPage() {
  const [choice, change] = useDeliveryChoice()
  const [asOf] = useState(Date.now)
  const filter = useMemo(() => deliveryFilterOf(choice, asOf), [choice, asOf])
  const pages = useDeliveries(filter)
  const failed = { ...filter, status: ['FAILED' as const] }
  const totals = useAnswer(DeliveryTotalsDocument, { filter, failed }, { keepLast: true }).data
  const clear = (): void => change(everyDelivery)
  return (
    <>
      <PageHead
        title={say.nav.deliveries}
        about={totals ? say.deliveryList.found(totals.deliveries.totalCount) : say.deliveryList.about}
        tools={
          totals && (
            <RetryChosen choice={choice} since={filter.since ?? undefined} count={totals.failed.totalCount} />
          )
        }
      />
      <DeliveryFilters choice={choice} change={change} />
      <section className="panel" aria-label={say.nav.deliveries}>
        <Answered answer={pages} lines={9}>
          {({ pages: loaded }) => {
            const deliveries = loaded.flatMap((page) => page.deliveries.nodes)
            if (deliveries.length === 0) return <NoDeliveries choice={choice} clear={clear} />
            return (
              <>
                <Rows deliveries={deliveries} />
                <Older pages={pages}>{say.deliveryList.older}</Older>
              </>
            )
          }}
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

function useDeliveryChoice(): readonly [DeliveryChoice, (what: Partial<DeliveryChoice>) => void] {
  const [parameters, setParameters] = useSearchParams()
  const text = parameters.toString()
  const choice = useMemo(() => deliveryChoiceIn(new URLSearchParams(text)), [text])
  const change = (what: Partial<DeliveryChoice>): void =>
    setParameters(parametersOf({ ...choice, ...what }), { replace: true })
  return [choice, change]
}
