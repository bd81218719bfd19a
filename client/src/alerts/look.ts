import type { DeliveryStatus } from '../api/documents.js'
import type { Look } from '../components/look.js'
import { inWords } from '../components/in-words.js'
import { say } from '../strings.js'
import { span } from '../time/relative-time.js'

export function alertLook(state: string): Look {
  if (state === 'FIRING') return { tone: 'bad', icon: 'bell', text: say.alerts.firing }
  if (state === 'RESOLVED') return { tone: 'good', icon: 'check', text: say.alerts.resolved }
  return { tone: 'warn', icon: 'bell', text: inWords(state) }
}

/** How a delivery looks by its status alone. */
export const deliveryLooks: Readonly<Record<DeliveryStatus, Omit<Look, 'text'>>> = {
  DELIVERED: { tone: 'good', icon: 'check' },
  FAILED: { tone: 'bad', icon: 'cross' },
  PENDING: { tone: 'busy', icon: 'clock' },
  SUPPRESSED: { tone: 'idle', icon: 'dash' },
}

/** What is known of how far a delivery is. */
export interface DeliveryProgress {
  readonly status: DeliveryStatus
  readonly attemptCount: number
  readonly nextAttemptAt: string | null
}

/** Where a delivery stands, in words; `now` in milliseconds. */
export function deliveryLook(delivery: DeliveryProgress, now: number): Look {
  const { status, attemptCount } = delivery
  const look = deliveryLooks[status]
  if (status === 'DELIVERED') return { ...look, text: say.deliveries.delivered(attemptCount) }
  if (status === 'FAILED') return { ...look, text: say.deliveries.failed(attemptCount) }
  if (status === 'SUPPRESSED') return { ...look, text: say.deliveries.suppressed }
  if (attemptCount === 0) return { ...look, text: say.deliveries.sending }
  return { ...look, tone: 'warn', text: say.deliveries.retry(untilNext(delivery, now), attemptCount) }
}

function untilNext({ nextAttemptAt }: DeliveryProgress, now: number): string {
  const seconds = nextAttemptAt === null ? 0 : (Date.parse(nextAttemptAt) - now) / 1_000
  return seconds < 1 ? say.time.now : say.time.ahead(span(seconds))
}
