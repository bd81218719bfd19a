import { useDeliveryNews } from '../../alerts/use-delivery-news.js'
import { DeliveriesDocument, DeliveryTotalsDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { usePages } from '../../api/use-pages.js'
import { serverNow } from '../../time/server-clock.js'
import { type DeliveryChoice, deliveryFilterOf } from './delivery-choice.js'

/** How long after one rereading the next may begin: every page comes with the answers to all tries. */
const REREAD_EVERY_MS = 5_000

/** The deliveries that the reader wants, page by page, kept as they are now. */
export function useDeliveries(choice: DeliveryChoice) {
  const pages = usePages(DeliveriesDocument, () => ({ filter: deliveryFilterOf(choice, serverNow()) }), {
    of: ({ deliveries }) => deliveries,
    keptAs: choice,
    every: HOW_OFTEN_MS.span,
    stopsWithOlder: true,
  })
  // Of all there are: the feed begins but once, whatever is chosen, and what leaves the choice is news too.
  const cursor = pages.data?.pages[0]?.deliveries.feedCursor ?? null
  useDeliveryNews(cursor, ['Deliveries', 'DeliveryTotals'], { pauseMs: REREAD_EVERY_MS })
  return pages
}

/** How many there are of what the reader wants, how many of them failed, and how many of those would be tried again. */
export function useDeliveryTotals(choice: DeliveryChoice) {
  const variables = () => {
    const filter = deliveryFilterOf(choice, serverNow())
    return {
      filter,
      failed: { ...filter, status: ['FAILED' as const] },
      retriable: { ...filter, retriable: true },
    }
  }
  return useAnswer(DeliveryTotalsDocument, variables, {
    keptAs: choice,
    keepLast: true,
    every: HOW_OFTEN_MS.span,
  })
}
