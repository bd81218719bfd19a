import type { SourceName } from './log.js'
import { readRecords, type ReadRecords } from './to-sighting.js'
import type { TwilioAccount } from './twilio-account.js'
import { TwilioReadError } from './twilio-read-error.js'

export interface ReadAgainOptions {
  readonly account: TwilioAccount
  readonly source: SourceName
  readonly twilioSids: readonly string[]
  readonly clock: () => Date
  /** Stores what was read, in batches. */
  readonly onPage: (page: ReadRecords) => Promise<void>
  /** What Twilio no longer has: deleted, redacted or aged out (404 is no outage). */
  readonly onGone: (twilioSids: readonly string[]) => Promise<void>
  readonly signal: AbortSignal
}

const BATCH = 100
/** Single records may fail by themselves; this many in a row mean that all of them do. */
const MAX_FAILURES_IN_A_ROW = 3

/**
 * Reads records one by one by their SID, for what a sweep does not reach any more. A record that Twilio cannot give now is
 * passed over and stays due.
 *
 * @throws TwilioReadError after everything else was read and stored, when any record failed
 */
export async function readAgain(options: ReadAgainOptions): Promise<void> {
  let failure: TwilioReadError | null = null
  let inARow = 0
  for (let start = 0; start < options.twilioSids.length && !failure; start += BATCH) {
    const batch = await readBatch(options.twilioSids.slice(start, start + BATCH))
    const origin = { source: options.source, accountSid: options.account.accountSid, readAt: options.clock() }
    if (batch.records.length > 0) await options.onPage(readRecords(batch.records, origin))
    if (batch.gone.length > 0) await options.onGone(batch.gone)
    failure = batch.failure
  }
  if (failure) throw failure

  async function readBatch(twilioSids: readonly string[]): Promise<Batch> {
    const batch: Batch = { records: [], gone: [], failure: null }
    for (const sid of twilioSids) {
      try {
        batch.records.push(await options.account.fetch(options.source, sid, { signal: options.signal }))
        inARow = 0
      } catch (error) {
        if (!(error instanceof TwilioReadError)) throw error
        if (error.kind === 'not-found') {
          batch.gone.push(sid)
          continue
        }
        batch.failure = error
        inARow += 1
        if (concernsAll(error) || inARow >= MAX_FAILURES_IN_A_ROW) return batch
      }
    }
    return batch
  }
}

interface Batch {
  readonly records: unknown[]
  readonly gone: string[]
  failure: TwilioReadError | null
}

function concernsAll(error: TwilioReadError): boolean {
  return error.kind !== 'server' && error.kind !== 'malformed' && error.kind !== 'refused'
}
