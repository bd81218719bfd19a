import { deliveryLooks } from '../../alerts/look.js'
import type { DeliveryStatus } from '../../api/documents.js'
import { Badge } from '../../components/badge.js'
import { say } from '../../strings.js'

/** The worst first. */
const order = ['FAILED', 'PENDING', 'DELIVERED', 'SUPPRESSED'] as const

/** How many of an alert's deliveries stand where. */
export function DeliveryCounts({
  deliveries,
}: {
  readonly deliveries: readonly { readonly status: DeliveryStatus }[]
}) {
  if (deliveries.length === 0) return <span className="muted small">{say.alerts.noDeliveries}</span>
  return order.flatMap((status) => {
    const count = deliveries.filter((delivery) => delivery.status === status).length
    return count === 0 ? (
      []
    ) : (
      <Badge key={status} {...deliveryLooks[status]} text={say.alerts.counts[status](count)} />
    )
  })
}
