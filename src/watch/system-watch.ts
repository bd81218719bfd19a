import { type Standing, type SystemDecision, decideSystemAlerts } from './decide-system-alerts.js'
import type { Trouble } from './troubles.js'

/** The storage behind the alerts that GiftPulse opens about itself. */
export interface SystemAlertStore {
  standing(): Promise<Standing>
  /** Writes what `decide` makes of what stands, one process at a time. Answers the feed's head; null where nothing was written. */
  write(decide: (standing: Standing) => SystemDecision): Promise<number | null>
}

export interface SystemWatchParts {
  readonly store: SystemAlertStore
  readonly troubles: () => Promise<readonly Trouble[]>
  /** Alerts and what they owe were written; the argument is the feed's head. */
  readonly onWritten: (upTo: number) => void
}

/** Opens an alert by the rules of the type SYSTEM where something is wrong with GiftPulse itself, and ends it when it is over. */
export class SystemWatch {
  constructor(private readonly parts: SystemWatchParts) {}

  async look(): Promise<void> {
    const { store, troubles, onWritten } = this.parts
    const current = await troubles()
    const decide = (standing: Standing) => decideSystemAlerts(current, standing)
    // Nearly always nothing is to be done: that is found out without keeping the judge waiting.
    if (isNothing(decide(await store.standing()))) return
    const upTo = await store.write(decide)
    if (upTo !== null) onWritten(upTo)
  }
}

export function isNothing({ open, resolve, drop }: SystemDecision): boolean {
  return open.length + resolve.length + drop.length === 0
}
