import { Draws } from './draws.js'

/** What goes wrong in the demo account for a few minutes. */
export type IncidentKind = 'carrier-outage' | 'webhook-outage' | 'trunk-outage'

export interface Incident {
  readonly kind: IncidentKind
  /** Milliseconds since 1970. */
  readonly from: number
  readonly until: number
}

const cycleMs = 600_000
const incidentKey = 11

/** When things go wrong in the demo account: once in every ten minutes, for two to four minutes. */
export class Incidents {
  /** The last one worked out: readers walk through time, so it mostly serves the next question too. */
  #known: { readonly cycle: number; readonly incident: Incident } | null = null

  constructor(private readonly seed: number) {}

  /** The incident at that moment (milliseconds), or null. */
  at(time: number): Incident | null {
    const cycle = Math.floor(time / cycleMs)
    if (this.#known?.cycle !== cycle) this.#known = { cycle, incident: this.#incidentOf(cycle) }
    const { incident } = this.#known
    return time >= incident.from && time < incident.until ? incident : null
  }

  #incidentOf(cycle: number): Incident {
    const draws = new Draws(this.seed, incidentKey, cycle)
    const from = cycle * cycleMs + draws.between(30, 300) * 1_000
    const until = from + draws.between(120, 240) * 1_000
    return { kind: draws.pick(['carrier-outage', 'webhook-outage', 'trunk-outage']), from, until }
  }
}
