import type { SourceName } from './log.js'
import type { Unfinished } from './poll-store.js'
import { readRecords, type ReadRecords } from './to-sighting.js'
import type { TwilioAccount } from './twilio-account.js'
import { TwilioReadError } from './twilio-read-error.js'

export interface ReadAgainOptions {
  readonly account: TwilioAccount
  readonly source: SourceName
  readonly due: readonly Unfinished[]
  readonly clock: () => Date
  /** Stores what was read, in batches. */
  readonly onPage: (page: ReadRecords) => Promise<void>
  /** What Twilio no longer has: deleted, redacted or aged out (404 is no outage). */
  readonly onGone: (twilioSids: readonly string[]) => Promise<void>
  /** What could not be read now: it makes way for the others. */
  readonly onMissed: (records: readonly Unfinished[]) => Promise<void>
  readonly signal: AbortSignal
}

const BATCH = 100
/** Single records may fail by themselves; this many in a row mean that all of them do. */
const MAX_FAILURES_IN_A_ROW = 3
/** An answer that does not come takes half a minute: so many at most in one poll. */
const MAX_FAILURES = 10

/**
 * Reads records one by one by their SID, for what a sweep does not reach any more. A record that Twilio cannot give now is told
 * and passed over. What is not asked for any more after too many of them stays due.
 *
 * @returns the newest failure of a single record; null when there was none
 * @throws TwilioReadError after everything else was read and stored, when Twilio refuses the account, or gave nothing at all
 */
export async function readAgain(options: ReadAgainOptions): Promise<TwilioReadError | null> {
  const { account, source, due, clock, signal } = options
  const run: Run = { answered: 0, failed: 0, inARow: 0, newest: null, isOver: false }
  for (let start = 0; start < due.length && !run.isOver; start += BATCH) {
    const { records, gone, missed } = await readBatch(due.slice(start, start + BATCH))
    const page = await readRecords([...records.values()], {
      source,
      accountSid: account.accountSid,
      readAt: clock(),
    })
    if (records.size > 0) await options.onPage(page)
    if (gone.length > 0) await options.onGone(gone)
    const told = new Set(page.sightings.map((sighting) => sighting.twilioSid))
    const unreadable = [...records.keys()].filter((record) => !told.has(record.twilioSid))
    if (missed.length + unreadable.length > 0) await options.onMissed([...missed, ...unreadable])
  }
  if (run.newest && (concernsAll(run.newest) || (run.isOver && run.answered === 0))) throw run.newest
  return run.newest

  async function readBatch(records: readonly Unfinished[]): Promise<Batch> {
    const batch: Batch = { records: new Map(), gone: [], missed: [] }
    for (const record of records) {
      try {
        batch.records.set(record, await account.fetch(source, record.twilioSid, { signal }))
        answered(run)
      } catch (error) {
        if (!(error instanceof TwilioReadError)) throw error
        if (error.kind === 'not-found') {
          batch.gone.push(record.twilioSid)
          answered(run)
          continue
        }
        // Throttling tells nothing of the record that met it.
        if (error.kind !== 'throttled') batch.missed.push(record)
        failed(run, error)
        if (run.isOver) return batch
      }
    }
    return batch
  }
}

interface Batch {
  readonly records: Map<Unfinished, unknown>
  readonly gone: string[]
  readonly missed: Unfinished[]
}

/** How the reading goes so far. */
interface Run {
  answered: number
  failed: number
  inARow: number
  newest: TwilioReadError | null
  isOver: boolean
}

function answered(run: Run): void {
  run.answered += 1
  run.inARow = 0
}

function failed(run: Run, failure: TwilioReadError): void {
  run.failed += 1
  run.inARow += 1
  run.newest = failure
  run.isOver = concernsAll(failure) || run.inARow >= MAX_FAILURES_IN_A_ROW || run.failed >= MAX_FAILURES
}

function concernsAll({ kind }: TwilioReadError): boolean {
  return kind === 'unauthorized' || kind === 'forbidden' || kind === 'throttled'
}
