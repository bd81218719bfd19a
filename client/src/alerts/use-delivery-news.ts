import { DeliveryNewsDocument } from '../api/documents.js'
import { useFollow } from '../api/use-follow.js'
import { useReread } from '../api/use-reread.js'

interface DeliveryNewsOptions {
  /** Only those of this alert. */
  readonly alertId?: string
  /** How long after one rereading the next may begin, in milliseconds. */
  readonly pauseMs: number
}

/** Asks the named queries again when a delivery changed; begins at the first cursor that it is given. */
export function useDeliveryNews(
  cursor: string | null,
  names: readonly string[],
  { alertId, pauseMs }: DeliveryNewsOptions,
): void {
  const reread = useReread(names, pauseMs)
  const filter = alertId === undefined ? {} : { alertId }
  useFollow(DeliveryNewsDocument, { filter }, cursor, { next: reread, missed: reread })
}
