import { useDeliveryNews } from '../../alerts/use-delivery-news.js'
import { AlertsDocument, type AlertFilter } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { usePages } from '../../api/use-pages.js'

/** How long after one rereading of all pages shown the next may begin, in milliseconds. */
const REREAD_EVERY_MS = 2_000

/** The alerts that the filter wants, page by page, kept as they are now: the layout tells of new ones, this of their deliveries. */
export function useAlerts(filter: AlertFilter) {
  const pages = usePages(
    AlertsDocument,
    { filter },
    { of: ({ alerts }) => alerts, every: HOW_OFTEN_MS.settled },
  )
  const cursor = pages.data?.pages[0]?.alerts.feedCursor ?? null
  useDeliveryNews(cursor, ['Alerts'], { pauseMs: REREAD_EVERY_MS })
  return pages
}
