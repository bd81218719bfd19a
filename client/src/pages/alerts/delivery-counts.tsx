import type { DeliveryStatus } from '../../api/documents.js'
import { Badge } from '../../components/badge.js'
import type { Look } from '../../components/look.js'
import { say } from '../../strings.js'

const looks: Readonly<Record<DeliveryStatus, Omit<Look, 'text'>>> = {
  FAILED: { tone: 'bad', icon: 'cross' },
  PENDING: { tone: 'busy', icon: 'clock' },
  DELIVERED: { tone: 'good', icon: 'check' },
  SUPPRESSED: { tone: 'idle', icon: 'dash' },
}
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
      <Badge key={status} {...looks[status]} text={say.alerts.counts[status](count)} />
    )
  })
}
