import type { Bed } from './bed.js'

/** What a row needs besides Node: `server` any Postgres, `postgres` one that may be stopped and filled, started here by initdb. */
export type Need = 'server' | 'postgres' | 'redis' | 'mongodb' | 'tmpfs' | 'faketime' | 'chromium'

/** One row of the proof: a fault or an attack, and what the product must do all the same. */
export interface Fault {
  readonly row: number
  /** What it is called by where its number is not known. */
  readonly alias?: string
  readonly name: string
  readonly needs: readonly Need[]
  /** How often it is injected in a whole run. */
  readonly runs: number
  /** Why there is no proof of it, where there is none. */
  readonly unproven?: string
  run(bed: Bed): Promise<Proof>
}

/** What came of it: the sinks' ledgers against SQL, null where none was compared, and whatever else was not as it must be. */
export interface Proof {
  /** Records of the source that are not stored. */
  readonly lost: number | null
  /** Rows, alerts or deliveries that are there twice, and sends that no row accounts for. */
  readonly doubled: number | null
  /** Failures without their alert, and deliveries that did not reach their receiver. */
  readonly missed: number | null
  /** Sends under the id of an earlier one: at least once, not exactly once. */
  readonly repeated: number | null
  /** From the end of each fault, or from the restart, until nothing was owed any more, in milliseconds. */
  readonly recoveredMs: readonly number[]
  /** What these are the times of instead, in words. */
  readonly recovery?: string
  /** Expectations that did not hold, in words. */
  readonly broken: readonly string[]
  /** What else was measured, in words. */
  readonly notes: readonly string[]
}

/** A proof of which nothing is known to be wrong, but for what is given; what was not counted is no zero. */
export function proof(parts: Partial<Proof> = {}): Proof {
  return {
    lost: null,
    doubled: null,
    missed: null,
    repeated: null,
    recoveredMs: [],
    broken: [],
    notes: [],
    ...parts,
  }
}

/** Whether it shows that the row holds. */
export function holds({ lost, doubled, missed, broken }: Proof): boolean {
  return [lost, doubled, missed].every((count) => !count) && broken.length === 0
}
