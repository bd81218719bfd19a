import { messageOf } from '../errors.js'
import type { Sighting } from './log.js'
import type { PollClaim, PollStore } from './poll-store.js'
import { setAside, type ReadRecords } from './to-sighting.js'

/** Deaths of whoever stores one and the same record before it is passed over. */
const TRIES = 5

/** Logs never seen before, and logs whose status or error changed. */
export interface Tally {
  readonly stored: number
  readonly changed: number
}

export interface StoringParts {
  readonly claim: PollClaim
  readonly store: Pick<PollStore, 'noteInHand' | 'setAside' | 'settle' | 'refusesData'>
  readonly ingest: (records: ReadRecords, backfillBefore: Date | null) => Promise<Tally>
  /** A record was given up. */
  readonly onSetAside: (twilioSid: string, reason: string) => void
}

/**
 * Stores what one poll reads, so that no record keeps the others from being stored: one that the store refuses is found by halves, and
 * set aside with the reason. One that kills the process leaves an unended claim; from then on it is noted what is in hand. What was in
 * hand at a death waits until all else is stored, and is then stored one by one, until one of them is known to be the cause.
 */
export class Storing {
  private suspects: { readonly seen: Sighting; readonly backfillBefore: Date | null }[] = []
  private stored = 0
  private changed = 0

  constructor(private readonly parts: StoringParts) {}

  get tally(): Tally {
    return { stored: this.stored, changed: this.changed }
  }

  async page({ sightings, unreadable }: ReadRecords, backfillBefore: Date | null): Promise<void> {
    const { deaths, inHand, setAside: passedOver } = this.parts.claim.cursor
    const wanted = sightings.filter(({ twilioSid }) => !passedOver.includes(twilioSid))
    if (deaths === 0) return this.store({ sightings: wanted, unreadable }, backfillBefore)
    const suspected = new Set(inHand)
    const isSuspect = ({ twilioSid }: Sighting) => suspected.has(twilioSid)
    this.suspects.push(...wanted.filter(isSuspect).map((seen) => ({ seen, backfillBefore })))
    await this.noted({ sightings: wanted.filter((seen) => !isSuspect(seen)), unreadable }, backfillBefore)
  }

  /** Stores what had to wait. */
  async rest(): Promise<void> {
    const { claim, store } = this.parts
    const { deaths, inHand } = claim.cursor
    const waiting = this.suspects
    this.suspects = []
    for (const { seen, backfillBefore } of waiting) {
      if (inHand.length > 1 || deaths < TRIES) {
        await this.noted({ sightings: [seen], unreadable: [] }, backfillBefore)
        continue
      }
      await this.giveUp(seen, `${deaths} processes died while they stored it`, backfillBefore)
      await store.setAside(claim, seen.twilioSid)
      await store.settle(claim.accountSid, [seen.twilioSid])
    }
  }

  private async noted(records: ReadRecords, backfillBefore: Date | null): Promise<void> {
    const { claim, store } = this.parts
    await store.noteInHand(
      claim,
      records.sightings.map(({ twilioSid }) => twilioSid),
    )
    await this.store(records, backfillBefore)
  }

  private async store(records: ReadRecords, backfillBefore: Date | null): Promise<void> {
    try {
      const { stored, changed } = await this.parts.ingest(records, backfillBefore)
      this.stored += stored
      this.changed += changed
    } catch (failure) {
      const { sightings, unreadable } = records
      if (sightings.length === 0 || !this.parts.store.refusesData(failure)) throw failure
      const [only] = sightings
      if (sightings.length === 1 && only) {
        await this.giveUp(only, `the database refuses it: ${messageOf(failure)}`, backfillBefore)
        return this.store({ sightings: [], unreadable }, backfillBefore)
      }
      const half = Math.ceil(sightings.length / 2)
      await this.store({ sightings: sightings.slice(0, half), unreadable }, backfillBefore)
      await this.store({ sightings: sightings.slice(half), unreadable: [] }, backfillBefore)
    }
  }

  private async giveUp(seen: Sighting, reason: string, backfillBefore: Date | null): Promise<void> {
    const { claim, onSetAside } = this.parts
    const unreadable = [setAside(seen.rawData, claim, reason)]
    await this.store({ sightings: [], unreadable }, backfillBefore)
    onSetAside(seen.twilioSid, reason)
  }
}
