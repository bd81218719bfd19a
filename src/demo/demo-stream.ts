import { Draws, hex32 } from './draws.js'

/** When records of one kind come into being. */
export interface StreamSettings {
  readonly sidPrefix: 'SM' | 'CA' | 'NO'
  /** Tells this stream's draws from the others'. */
  readonly key: number
  /** Time is cut into slots of this length; each holds one record or none. */
  readonly slotMs: number
  /** How likely a slot holds one, by the slot's start. */
  readonly chance: (time: number) => number
  /** Slots that hold one whatever the chance says. */
  readonly isCertain?: (slot: number) => boolean
}

/**
 * The births of one kind of demo record, as a pure function of the seed and the slot number: nothing is stored, and a
 * restart finds the same SIDs at the same times.
 */
export class DemoStream {
  readonly #tailMask: number

  constructor(
    private readonly seed: number,
    private readonly settings: StreamSettings,
  ) {
    this.#tailMask = new Draws(seed, settings.key).bits()
  }

  /** Slots with a record born after `from`, up to and including `to` (milliseconds); newest first. */
  *slots(from: number, to: number): Generator<number> {
    const { slotMs } = this.settings
    for (let slot = Math.floor(to / slotMs); (slot + 1) * slotMs > from; slot -= 1) {
      if (this.#holdsOne(slot) && this.#isWithin(slot, from, to)) yield slot
    }
  }

  /** When a slot's record is born, milliseconds since 1970. */
  bornAt(slot: number): number {
    const jitter = new Draws(this.seed, this.settings.key, slot, 1).between(0, this.settings.slotMs - 1)
    return slot * this.settings.slotMs + jitter
  }

  /** What else is drawn about a slot's record. */
  drawsFor(slot: number): Draws {
    return new Draws(this.seed, this.settings.key, slot, 2)
  }

  /** 24 digits by chance, 8 with the masked slot number, so that a SID leads back to its slot. */
  sidOf(slot: number): string {
    const chance = new Draws(this.seed, this.settings.key, slot, 3).hex(24)
    return `${this.settings.sidPrefix}${chance}${hex32(slot ^ this.#tailMask)}`
  }

  /** The slot of that SID if its record was born after `from`, up to and including `to`; otherwise null. */
  slotOf(sid: string, from: number, to: number): number | null {
    const newest = Math.floor(to / this.settings.slotMs)
    // A SID holds a slot's lower 32 bits, and half-second slots outgrow those in 2038: the newest such slot is meant.
    const slot = newest - ((newest - (Number.parseInt(sid.slice(-8), 16) ^ this.#tailMask)) >>> 0)
    if (sid !== this.sidOf(slot) || !this.#holdsOne(slot)) return null
    return this.#isWithin(slot, from, to) ? slot : null
  }

  #isWithin(slot: number, from: number, to: number): boolean {
    const born = this.bornAt(slot)
    return born > from && born <= to
  }

  #holdsOne(slot: number): boolean {
    const { key, slotMs, chance, isCertain } = this.settings
    return isCertain?.(slot) === true || new Draws(this.seed, key, slot, 0).chance(chance(slot * slotMs))
  }
}
