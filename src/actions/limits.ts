/** How many messages may go out in any minute; 0 = no limit. */
export interface Limits {
  readonly emailMaxPerMinute: number
  readonly stormMaxPerMinute: number
}

/** A delivery that is due, as far as the limits are concerned. */
export interface DueDelivery {
  readonly id: string
  readonly actionId: string
  /** Lower-case addresses that `EMAIL_MAX_PER_MINUTE` counts. */
  readonly recipients: readonly string[]
  /** Folding messages, what a person asked for and what was let through before and never tried go out whatever the limits say. */
  readonly exempt: boolean
  /** Tried before: it counts like any other, but where it is over it waits instead of being folded. */
  readonly isRetry: boolean
}

export interface OverLimit {
  readonly delivery: DueDelivery
  /** In words, for the delivery's result. */
  readonly reason: string
}

export function isAnyLimit({ emailMaxPerMinute, stormMaxPerMinute }: Limits): boolean {
  return emailMaxPerMinute + stormMaxPerMinute > 0
}

/** One limit that a delivery is under. */
interface Bound {
  /** The name under which sends are counted. */
  readonly key: string
  /** Infinity where there is none. */
  readonly most: number
  /** Why what is over it is over. */
  readonly reason: string
}

/** Whose sends are counted, and under which addresses. */
export type Sender = Pick<DueDelivery, 'actionId' | 'recipients'>

function boundsOf(delivery: Sender, { emailMaxPerMinute, stormMaxPerMinute }: Limits): Bound[] {
  return [
    {
      key: `action:${delivery.actionId}`,
      most: stormMaxPerMinute || Infinity,
      reason: `over STORM_MAX_PER_MINUTE (${stormMaxPerMinute}) for this action`,
    },
    ...delivery.recipients.map((address) => ({
      key: `email:${address}`,
      most: emailMaxPerMinute || Infinity,
      reason: `over EMAIL_MAX_PER_MINUTE (${emailMaxPerMinute}) for ${address}`,
    })),
  ]
}

/** Where nobody limits anything. */
export const NO_LIMITS: Limits = { emailMaxPerMinute: 0, stormMaxPerMinute: 0 }

/** The names under which the sends of one delivery are counted. */
export function sendKeys(delivery: Sender): string[] {
  return boundsOf(delivery, NO_LIMITS).map(({ key }) => key)
}

/**
 * Parts due deliveries, in order, retries first, into those that may be sent, those that are over a limit, and retries that are. Each
 * that the limits let through counts at once against those after it, whether or not there is room to send it now: what is over does
 * not depend on how slow the sending is. One that is over folds whole, as soon as one of its recipients is over.
 *
 * @param sent sends of the last minute by key; counted on from.
 * @param room how many may be taken now; what has no room is in no part.
 * @returns also `counts`: the sends of the last minute by key, with all those that the limits let through.
 */
export function partByLimits<D extends DueDelivery>(
  due: readonly D[],
  sent: ReadonlyMap<string, number>,
  limits: Limits,
  room: number,
): {
  send: D[]
  over: (OverLimit & { delivery: D })[]
  later: D[]
  counts: ReadonlyMap<string, number>
} {
  const counts = new Map(sent)
  const send: D[] = []
  const over: (OverLimit & { delivery: D })[] = []
  const later: D[] = []
  for (const delivery of due.toSorted((one, other) => Number(other.isRetry) - Number(one.isRetry))) {
    const { left, reason } = delivery.exempt ? UNLIMITED : allowance(delivery, counts, limits)
    if (left <= 0 && delivery.isRetry) later.push(delivery)
    else if (left <= 0) over.push({ delivery, reason })
    else {
      if (send.length < room) send.push(delivery)
      if (!delivery.exempt) for (const key of sendKeys(delivery)) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return { send, over, later, counts }
}

/** The keys of a delivery under which no more may be sent now. */
export function fullKeys(
  delivery: DueDelivery,
  counts: ReadonlyMap<string, number>,
  limits: Limits,
): string[] {
  return boundsOf(delivery, limits)
    .filter(({ key, most }) => (counts.get(key) ?? 0) >= most)
    .map(({ key }) => key)
}

/** How many more deliveries like one the limits let through now, and why those after them are over. */
export interface Allowance {
  readonly left: number
  readonly reason: string
}

const UNLIMITED: Allowance = { left: Infinity, reason: '' }

/** @param counts sends of the last minute by key. */
export function allowance(delivery: Sender, counts: ReadonlyMap<string, number>, limits: Limits): Allowance {
  return boundsOf(delivery, limits)
    .map(({ key, most, reason }) => ({ left: most - (counts.get(key) ?? 0), reason }))
    .reduce((least, one) => (one.left < least.left ? one : least))
}
