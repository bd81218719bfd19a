import type { Log } from './records.js'

/** The logs as they stood when the reader paused; null while they move. */
export type Frozen = readonly Log[] | null

/** How many logs came since, of those that are still kept. */
export function newSince(frozen: Frozen, logs: readonly Log[]): number {
  if (!frozen) return 0
  const shown = new Set(frozen.map(({ id }) => id))
  return logs.filter(({ id }) => !shown.has(id)).length
}
