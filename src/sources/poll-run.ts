import { nextReadAt } from './life-cycle.js'
import type { Sighting, SourceName, Unreadable } from './log.js'
import type { PollClaim, PollStore, Unfinished } from './poll-store.js'
import { readAgain } from './read-again.js'
import { Storing, type Tally } from './storing.js'
import { sweep } from './sweep.js'
import type { ReadRecords } from './to-sighting.js'
import type { TwilioAccount } from './twilio-account.js'
import { TwilioReadError } from './twilio-read-error.js'

export interface PollSettings {
  readonly intervalSeconds: number
  /** How far each sweep reads back behind the start of the last good one, for late records. */
  readonly lookbackMinutes: number
  /** How far the very first sweep reads. */
  readonly backfillDays: number
}

/**
 * Stores a batch of what was read; sending it again changes nothing. Records older than `backfillBefore` fire no rules; null
 * means that none of them is backfill.
 */
export type PollIngest = (
  sightings: readonly Sighting[],
  unreadable: readonly Unreadable[],
  origin: { readonly source: SourceName; readonly backfillBefore: Date | null },
) => Promise<Tally>

export interface PollParts {
  readonly account: TwilioAccount
  readonly store: PollStore
  readonly ingest: PollIngest
  /** Resolves when what was stored is judged so far that more may be stored. */
  readonly judgedSoFar: (signal: AbortSignal) => Promise<void>
  readonly settings: PollSettings
  readonly clock: () => Date
}

/** Records read again by SID in one poll: one request each, one after the other, so half a minute or so. */
const READ_AGAIN_AT_A_TIME = 300

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** One poll of one source under its claim: a sweep of the list, then what it did not reach by SID. */
export class PollRun {
  private readonly storing: Storing
  private pagesRead = 0
  private sweptFrom: Date | null = null
  private missed: TwilioReadError | null = null

  constructor(
    private readonly claim: PollClaim,
    private readonly parts: PollParts,
    private readonly signal: AbortSignal,
    onSetAside: (twilioSid: string, reason: string) => void,
  ) {
    const { source } = claim
    this.storing = new Storing({
      claim,
      store: parts.store,
      ingest: ({ sightings, unreadable }, backfillBefore) =>
        parts.ingest(sightings, unreadable, { source, backfillBefore }),
      onSetAside,
    })
  }

  get tally(): Tally {
    return this.storing.tally
  }

  /** When the sweep was begun; null unless it has ended well, whatever came after. */
  get sweepStartedAt(): Date | null {
    return this.sweptFrom
  }

  /** Why single records could not be read while others could; null unless the poll ended well. */
  get missedFor(): TwilioReadError | null {
    return this.missed
  }

  /**
   * Reads and stores; what was stored before a failure stays.
   *
   * @returns when the sweep was begun
   */
  async read(): Promise<Date> {
    const startedAt = this.parts.clock()
    const seen = await this.sweepFrom(startedAt)
    await this.storing.rest()
    this.sweptFrom = startedAt
    await this.readUnfinished(seen)
    await this.storing.rest()
    return startedAt
  }

  private async sweepFrom(startedAt: Date): Promise<ReadonlySet<string>> {
    const { cursor } = this.claim
    const { account, store, settings, clock } = this.parts
    const firstReadAt = cursor.firstReadAt ?? startedAt
    // Kept before the request goes out: a process killed while it waits must not take its later start for the first one.
    if (!cursor.firstReadAt) await store.noteFirstRead(this.claim, firstReadAt)
    const backfillBefore = cursor.firstSweepDone ? null : wholeSecond(firstReadAt)
    try {
      return await sweep({
        account,
        source: this.claim.source,
        bound: boundOf(cursor.lastSweepStartedAt, firstReadAt, settings),
        clock,
        onPage: (page) => this.storePage(page, backfillBefore),
        signal: this.signal,
      })
    } catch (error) {
      const nothingRead = this.pagesRead === 0 && !cursor.firstReadAt
      if (nothingRead && error instanceof TwilioReadError) await store.noteFirstRead(this.claim, null)
      throw error
    }
  }

  private async readUnfinished(seen: ReadonlySet<string>): Promise<void> {
    const { account, store, clock } = this.parts
    const { source } = this.claim
    const due = await store.unfinished(account.accountSid, source, READ_AGAIN_AT_A_TIME)
    this.missed = await readAgain({
      account,
      source,
      due: due.filter((record) => !seen.has(record.twilioSid)),
      clock,
      onPage: (page) => this.storePage(page, null),
      onGone: (gone) => store.settle(account.accountSid, gone),
      onMissed: (records) => this.postpone(records),
      signal: this.signal,
    })
  }

  /** They are waited for as if they had been read unchanged, and for as long. */
  private async postpone(records: readonly Unfinished[]): Promise<void> {
    const { account, store, clock, settings } = this.parts
    const schedule = { now: clock(), intervalSeconds: settings.intervalSeconds }
    const postponed = records.map((record) => {
      return { twilioSid: record.twilioSid, nextReadAt: nextReadAt({ ...record, ...schedule }) }
    })
    await store.postpone(account.accountSid, postponed)
  }

  private async storePage(page: ReadRecords, backfillBefore: Date | null): Promise<void> {
    this.signal.throwIfAborted()
    this.pagesRead += 1
    // Before it is noted what is in hand: a death while judging is none of storing.
    await this.parts.judgedSoFar(this.signal)
    this.signal.throwIfAborted()
    await this.storing.page(page, backfillBefore)
  }
}

function boundOf(lastSweep: Date | null, firstReadAt: Date, settings: PollSettings): Date {
  if (lastSweep) return new Date(lastSweep.getTime() - settings.lookbackMinutes * MINUTE_MS)
  return new Date(firstReadAt.getTime() - settings.backfillDays * DAY_MS)
}

/** Twilio's dates are whole seconds: a record of the second in which reading began is not backfill. */
function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1_000) * 1_000)
}
