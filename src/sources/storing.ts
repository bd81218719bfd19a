import { messageOf } from '../errors.js'
import type { Sighting } from './log.js'
import type { PollClaim, PollStore } from './poll-store.js'
import { setAside, type ReadRecords } from './to-sighting.js'

/** Deaths of whoever stores a record, and nothing beside it, before it is passed over. */
const TRIES = 3

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

interface Refused {
  readonly seen: Sighting
  readonly failure: unknown
}

/**
 * Stores what one poll reads, so that no record keeps the others from being stored: one that the store refuses is found by halves, and
 * set aside with the reason. One that kills the process leaves a claim that nobody ended; from then on it is noted what is in hand. What
 * was in hand at a death is suspected: it waits until all else is stored, and is then stored one by one, the least suspicious first, until
 * one of them has killed often enough while it was alone.
 */
export class Storing {
  private readonly suspects: Map<string, number>
  private waiting: { readonly seen: Sighting; readonly backfillBefore: Date | null }[] = []
  private stored = 0
  private changed = 0

  constructor(private readonly parts: StoringParts) {
    this.suspects = new Map(Object.entries(parts.claim.cursor.suspects))
  }

  get tally(): Tally {
    return { stored: this.stored, changed: this.changed }
  }

  async page({ sightings, unreadable }: ReadRecords, backfillBefore: Date | null): Promise<void> {
    const { deaths, setAside: passedOver } = this.parts.claim.cursor
    const wanted = sightings.filter(({ twilioSid }) => !passedOver.includes(twilioSid))
    if (deaths === 0) return this.storeAll({ sightings: wanted, unreadable }, backfillBefore)
    const isSuspect = ({ twilioSid }: Sighting) => this.suspects.has(twilioSid)
    this.waiting.push(...wanted.filter(isSuspect).map((seen) => ({ seen, backfillBefore })))
    const others = wanted.filter((seen) => !isSuspect(seen))
    await this.noted({ sightings: others, unreadable }, backfillBefore)
  }

  /** Stores what had to wait. */
  async rest(): Promise<void> {
    const { claim, store } = this.parts
    const waiting = this.waiting.toSorted((one, other) => this.deathsOf(one.seen) - this.deathsOf(other.seen))
    this.waiting = []
    for (const { seen, backfillBefore } of waiting) {
      const { twilioSid } = seen
      const deaths = this.deathsOf(seen)
      if (deaths < TRIES) await this.noted({ sightings: [seen], unreadable: [] }, backfillBefore)
      else {
        await this.giveUp(seen, `${deaths} processes died while they stored it alone`, backfillBefore)
        await store.setAside(claim, twilioSid)
      }
      this.suspects.delete(twilioSid)
    }
  }

  private deathsOf({ twilioSid }: Sighting): number {
    return this.suspects.get(twilioSid) ?? 0
  }

  /** What dies later, for another reason, is not held against these. */
  private async noted(records: ReadRecords, backfillBefore: Date | null): Promise<void> {
    const { claim, store } = this.parts
    const note = (sightings: readonly Sighting[]) =>
      store.noteInHand(
        claim,
        sightings.map(({ twilioSid }) => twilioSid),
        Object.fromEntries(this.suspects),
      )
    await note(records.sightings)
    await this.storeAll(records, backfillBefore)
    await note([])
  }

  /** Where the store refuses every single one, it is not they that are at fault, and the poll fails. */
  private async storeAll(records: ReadRecords, backfillBefore: Date | null): Promise<void> {
    const { sightings } = records
    const refused = await this.store(records, backfillBefore)
    if (refused.length > 1 && refused.length === sightings.length) throw refused[0]?.failure
    for (const { seen, failure } of refused)
      await this.giveUp(seen, `the database refuses it: ${messageOf(failure)}`, backfillBefore)
  }

  /** Answers those that the store refuses. */
  private async store(records: ReadRecords, backfillBefore: Date | null): Promise<Refused[]> {
    const { sightings, unreadable } = records
    try {
      const { stored, changed } = await this.parts.ingest(records, backfillBefore)
      this.stored += stored
      this.changed += changed
      return []
    } catch (failure) {
      const [only] = sightings
      if (!only || !this.parts.store.refusesData(failure)) throw failure
      if (sightings.length === 1) {
        await this.store({ sightings: [], unreadable }, backfillBefore)
        return [{ seen: only, failure }]
      }
      const half = Math.ceil(sightings.length / 2)
      return [
        ...(await this.store({ sightings: sightings.slice(0, half), unreadable }, backfillBefore)),
        ...(await this.store({ sightings: sightings.slice(half), unreadable: [] }, backfillBefore)),
      ]
    }
  }

  private async giveUp(seen: Sighting, reason: string, backfillBefore: Date | null): Promise<void> {
    const { claim, store, onSetAside } = this.parts
    const { twilioSid } = seen
    await this.store({ sightings: [], unreadable: [setAside(seen.rawData, claim, reason)] }, backfillBefore)
    // It may be stored as it was before: nobody waits for what comes of it.
    await store.settle(claim.accountSid, [twilioSid])
    onSetAside(twilioSid, reason)
  }
}
