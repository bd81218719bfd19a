/**
 * Messages that are through, and those that never will be. All of them went out: one that came in is `received`, which says
 * nothing of what this account sends. The others are on their way and say nothing yet.
 */
const THROUGH = ['delivered', 'read']
const LOST = ['failed', 'undelivered']
export const END_STATUSES: readonly string[] = [...THROUGH, ...LOST]

/** Of the messages sent, those whose end is known. */
export interface EndedMessages {
  readonly ended: number
  /** How many of them reached their receiver. */
  readonly through: number
}

export function endedMessages(
  counts: readonly { readonly key: string; readonly count: number }[],
): EndedMessages {
  const of = (statuses: readonly string[]) =>
    counts.reduce(
      (total, { key, count }) => (statuses.includes(key.toLowerCase()) ? total + count : total),
      0,
    )
  const through = of(THROUGH)
  return { through, ended: through + of(LOST) }
}
