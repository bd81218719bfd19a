import { DeliveriesDocument, type DeliveryFilter, DeliveryNewsDocument } from '../../api/documents.js'
import { useFollow } from '../../api/use-follow.js'
import { usePages } from '../../api/use-pages.js'
import { useReread } from '../../api/use-reread.js'

/** The deliveries that the filter wants, page by page, kept as they are now. */
export function useDeliveries(filter: DeliveryFilter) {
  const pages = usePages(DeliveriesDocument, { filter }, { of: ({ deliveries }) => deliveries })
  const reread = useReread(['Deliveries', 'DeliveryTotals'])
  // Of every status: what leaves the one that is asked for is news too.
  const { status: _, ...others } = filter
  const cursor = pages.data?.pages[0]?.deliveries.feedCursor ?? null
  useFollow(DeliveryNewsDocument, { filter: others }, cursor, { next: reread, missed: reread })
  return pages
}
