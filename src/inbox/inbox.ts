import type { Sighting } from '../sources/log.js'
import { type Arrival, type ClaimedEntry, InboxState, type WorkedEntry } from './inbox-entry.js'
import type { Earlier } from './event-digest.js'
import { grouped } from './grouped.js'

/** The storage of what came in. */
export interface InboxStore {
  /** Stores all of it in one transaction, repeats left out. Answers how many were new. */
  add(arrivals: readonly Arrival[]): Promise<number>
  /**
   * Begins the work on pending entries that are due, oldest first, for {@link LEASE_SECONDS}; nobody else gets them meanwhile. An
   * entry that was begun before, as by a process that died of it, is given out alone, in turn with new ones, and set aside after
   * {@link TRIES} times.
   */
  claim(limit: number): Promise<{ token: string; entries: readonly ClaimedEntry[] }>
  /** Ends the work of that claim; what somebody else has claimed since stays as it is. */
  finish(token: string, worked: readonly WorkedEntry[]): Promise<void>
  /** What came last to a receiver since then: of a log, or with that body where it is of none. */
  newest(sought: Sought): Promise<Earlier | null>
  /** Makes an entry pending again, with fresh tries; false where there is none, or it was ignored as it arrived. */
  reopen(id: string): Promise<boolean>
  /** Whether a failure says no more than that the store cannot be reached now. */
  isAway(failure: unknown): boolean
}

/** What is asked for among what came in. */
export interface Sought {
  readonly receiverId: string
  readonly twilioSid: string | null
  readonly body: string
  readonly since: Date
}

/** How long a claim holds. */
export const LEASE_SECONDS = 30

export interface InboxParts {
  readonly store: InboxStore
  /** Reads entries, once what they need has been looked up for all of them. */
  readonly reader: (entries: readonly ClaimedEntry[]) => Promise<ReadOne>
  /** Stores what was seen, by the very way that polls go. */
  readonly ingest: (sightings: readonly Sighting[]) => Promise<unknown>
  /** Whether this process works entries, or only stores them. */
  readonly works: boolean
  readonly onError: (error: unknown) => void
}

/** What an entry says: a sighting, or why nothing follows from it. Throws `UnreadableEntry` where it never will say anything. */
export type ReadOne = (entry: ClaimedEntry) => Sighting | { readonly ignored: string }

/** An entry from which nothing can be read, however often it is tried. The message says why, for operators. */
export class UnreadableEntry extends Error {
  override readonly name = 'UnreadableEntry'
}

/** Entries worked at a time. */
const BATCH = 500
/** Tries before an entry is set aside; one that killed its process counts as one. */
export const TRIES = 5
/** How long storing may take, in milliseconds, before the sender is told to come again: Event Streams waits 5 s. */
const STORE_MS = 4_000

/** What came in by webhooks: stored before it is answered, worked afterwards by whichever process is free. */
export class Inbox {
  private readonly store: (arrivals: readonly Arrival[]) => Promise<number>
  private working: Promise<void> | null = null
  private workAgain = false
  private stopping = false

  constructor(private readonly parts: InboxParts) {
    this.store = grouped((arrivals: readonly Arrival[]) => parts.store.add(arrivals))
  }

  /** Stores it and wakes the work; resolves once it is safe. Throws where it could not be stored, or not soon. */
  async receive(arrivals: readonly Arrival[]): Promise<void> {
    await within(STORE_MS, this.store(arrivals))
    if (this.parts.works) this.workSoon()
  }

  /** As the storage has it. */
  newest(sought: Sought): Promise<Earlier | null> {
    return this.parts.store.newest(sought)
  }

  /** Makes an entry wait to be worked again; false where there is none, or it was ignored as it arrived. */
  async replay(id: string, store: Pick<InboxStore, 'reopen'> = this.parts.store): Promise<boolean> {
    const isThere = await store.reopen(id)
    if (isThere && this.parts.works) this.workSoon()
    return isThere
  }

  /** Works until nothing is due. */
  work(): Promise<void> {
    this.workAgain = true
    this.working ??= this.run()
    return this.working
  }

  workSoon(): void {
    this.work().catch(this.parts.onError)
  }

  /** Begins no further batch and waits for the one that is being worked. */
  async stop(): Promise<void> {
    this.stopping = true
    await this.working?.catch(() => undefined)
  }

  private async run(): Promise<void> {
    try {
      while (this.workAgain && !this.stopping) {
        this.workAgain = false
        while (!this.stopping && (await this.workBatch()));
      }
    } finally {
      this.working = null
    }
  }

  /** Answers whether there may be more. */
  private async workBatch(): Promise<boolean> {
    const { token, entries } = await this.parts.store.claim(BATCH)
    if (entries.length === 0) return false
    const readOne = await this.parts.reader(entries)
    const read = entries.map((entry) => this.read(entry, readOne))
    const sightings = read.flatMap(({ sighting }) => sighting ?? [])
    const failure = await this.ingested(sightings)
    const worked = failure === null ? read.map((one) => one.worked) : await this.oneByOne(read)
    await this.parts.store.finish(token, worked)
    return true
  }

  private read(entry: ClaimedEntry, readOne: ReadOne): ReadEntry {
    try {
      const seen = readOne(entry)
      if ('ignored' in seen)
        return { entry, sighting: null, worked: ended(entry, InboxState.IGNORED, seen.ignored) }
      const { twilioSid } = seen
      return { entry, sighting: seen, worked: { ...ended(entry, InboxState.DONE, null), twilioSid } }
    } catch (thrown) {
      return { entry, sighting: null, worked: this.failed(entry, thrown) }
    }
  }

  /** After a batch failed: whatever is wrong with one entry is to stop no other. */
  private async oneByOne(read: readonly ReadEntry[]): Promise<WorkedEntry[]> {
    const worked: WorkedEntry[] = []
    for (const { entry, sighting, worked: done } of read) {
      const failure = sighting ? await this.ingested([sighting]) : null
      worked.push(failure === null ? done : this.failed(entry, failure.thrown))
    }
    return worked
  }

  private async ingested(sightings: readonly Sighting[]): Promise<{ readonly thrown: unknown } | null> {
    try {
      if (sightings.length > 0) await this.parts.ingest(sightings)
      return null
    } catch (thrown) {
      return { thrown }
    }
  }

  private failed(entry: ClaimedEntry, thrown: unknown): WorkedEntry {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    if (thrown instanceof UnreadableEntry) return ended(entry, InboxState.FAILED, reason)
    this.parts.onError(thrown)
    // An entry is not to blame for a database that is away, and nothing brings it a second time.
    if (entry.tries >= TRIES && !this.parts.store.isAway(thrown))
      return ended(entry, InboxState.FAILED, `given up after ${TRIES} tries: ${reason}`)
    return { ...ended(entry, InboxState.PENDING, reason), retryInSeconds: 2 ** Math.min(entry.tries, TRIES) }
  }
}

interface ReadEntry {
  readonly entry: ClaimedEntry
  readonly sighting: Sighting | null
  readonly worked: WorkedEntry
}

function ended({ id }: ClaimedEntry, state: InboxState, error: string | null): WorkedEntry {
  return { id, state, error, twilioSid: null, retryInSeconds: 0 }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`storing took longer than ${ms / 1_000} s`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
