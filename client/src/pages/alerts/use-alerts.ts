import { useDeliveryNews } from '../../alerts/use-delivery-news.js'
import { AlertsDocument, type AlertFilter } from '../../api/documents.js'
import { usePages } from '../../api/use-pages.js'

/** How long after one rereading of all pages shown the next may begin, in milliseconds. */
const REREAD_EVERY_MS = 2_000
/** A state turns by the clock alone, which no event tells. */
const STATES_EVERY_MS = 30_000

/** The alerts that the filter wants, page by page, kept as they are now: the layout tells of new ones, this of their deliveries. */
export function useAlerts(filter: AlertFilter) {
  const pages = usePages(AlertsDocument, { filter }, { of: ({ alerts }) => alerts, every: STATES_EVERY_MS })
  const cursor = pages.data?.pages[0]?.alerts.feedCursor ?? null
  useDeliveryNews(cursor, ['Alerts'], { pauseMs: REREAD_EVERY_MS })
  return pages
}
