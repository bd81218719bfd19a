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
  /** Folding messages, what a person asked for and what was counted before go out whatever the limits say. */
  readonly exempt: boolean
}

export interface OverLimit {
  readonly delivery: DueDelivery
  /** In words, for the delivery's result. */
  readonly reason: string
}

/** The names under which the sends of one delivery are counted. */
export function sendKeys(delivery: DueDelivery): string[] {
  return [`action:${delivery.actionId}`, ...delivery.recipients.map((address) => `email:${address}`)]
}

/**
 * Parts due deliveries, in order, into those that may be sent and those that are over a limit. One that goes out counts at once
 * against those after it; one that is over folds whole, as soon as one of its recipients is over.
 *
 * @param sent sends of the last minute by key; counted on from.
 * @param room how many may be taken now; what has no room is in neither part.
 */
export function partByLimits<D extends DueDelivery>(
  due: readonly D[],
  sent: ReadonlyMap<string, number>,
  limits: Limits,
  room: number,
): { send: D[]; over: (OverLimit & { delivery: D })[] } {
  const counts = new Map(sent)
  const send: D[] = []
  const over: (OverLimit & { delivery: D })[] = []
  for (const delivery of due) {
    const reason = delivery.exempt ? null : limitReached(delivery, counts, limits)
    if (reason !== null) over.push({ delivery, reason })
    else if (send.length < room) {
      send.push(delivery)
      if (!delivery.exempt) for (const key of sendKeys(delivery)) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return { send, over }
}

function limitReached(
  delivery: DueDelivery,
  counts: ReadonlyMap<string, number>,
  limits: Limits,
): string | null {
  const { emailMaxPerMinute, stormMaxPerMinute } = limits
  if (stormMaxPerMinute > 0 && (counts.get(`action:${delivery.actionId}`) ?? 0) >= stormMaxPerMinute)
    return `over STORM_MAX_PER_MINUTE (${stormMaxPerMinute}) for this action`
  if (emailMaxPerMinute === 0) return null
  const full = delivery.recipients.find(
    (address) => (counts.get(`email:${address}`) ?? 0) >= emailMaxPerMinute,
  )
  return full === undefined ? null : `over EMAIL_MAX_PER_MINUTE (${emailMaxPerMinute}) for ${full}`
}
