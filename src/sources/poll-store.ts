import type { LogType, SourceName } from './log.js'
import type { ReadFailure } from './twilio-read-error.js'

/** Where the reading of one source stands. */
export interface PollCursor {
  /** When the first page was first asked for; null until then. */
  readonly firstReadAt: Date | null
  /** Whether a sweep has ever ended well. */
  readonly firstSweepDone: boolean
  /** When the newest sweep that ended well was begun. */
  readonly lastSweepStartedAt: Date | null
  /** Failed polls in a row. */
  readonly failures: number
  /** Claims that nobody ended since the last poll that ended well: as a rule, who held them died. */
  readonly deaths: number
  /** Records that were being stored at such a death: by SID, how many deaths each met that was being stored alone. */
  readonly suspects: Suspects
  /** SIDs of records that are passed over. */
  readonly setAside: readonly string[]
}

export type Suspects = Readonly<Record<string, number>>

/** The right to read one source of one account, held as long as its lease is renewed. */
export interface PollClaim {
  readonly accountSid: string
  readonly source: SourceName
  readonly token: string
  readonly cursor: PollCursor
  /** The database's time at the claim; `nextPollAt` is told on the same clock. */
  readonly dbNow: Date
}

/**
 * How long a claim holds without being renewed. A record that kills whoever stores it holds up those beside it for three of these, until
 * it is alone: they are to wait a minute at most.
 */
export const LEASE_SECONDS = 12

/** Claims at a time for one account: each makes one request at a time, and Twilio is to see two at most. */
export const CLAIMS_PER_ACCOUNT = 2

/**
 * The storage that polling needs. What is written for a claim is written only while its token is still the one stored; a claim
 * that was lost changes nothing.
 */
export interface PollStore {
  /**
   * Takes a lease of {@link LEASE_SECONDS} on the database's clock. null when the source is not due (`force` asks regardless),
   * when somebody else holds its lease, or when {@link CLAIMS_PER_ACCOUNT} leases of the account are live.
   */
  claim(
    accountSid: string,
    source: SourceName,
    options: { readonly force: boolean },
  ): Promise<PollClaim | null>
  /** Prolongs the lease; false when it was lost. */
  renew(claim: PollClaim): Promise<boolean>
  /** Keeps `firstReadAt` from just before the first request; null takes it back when that request gave no page. */
  noteFirstRead(claim: PollClaim, at: Date | null): Promise<void>
  /** Keeps which records are about to be stored, and which are suspected, for whoever comes after a death. */
  noteInHand(claim: PollClaim, twilioSids: readonly string[], suspects: Suspects): Promise<void>
  /** Passes a record over from now on. */
  setAside(claim: PollClaim, twilioSid: string): Promise<void>
  /** Whether a failure says that the store can never take what it was given. */
  refusesData(failure: unknown): boolean
  /** Ends the claim after a poll that ended well: failures and deaths 0, no error, no suspects, the first sweep done. */
  succeed(
    claim: PollClaim,
    result: { readonly sweepStartedAt: Date; readonly nextPollAt: Date },
  ): Promise<void>
  /** Ends the claim after a failure. `sweepStartedAt` is given when the sweep itself still ended well. */
  fail(claim: PollClaim, result: PollFailure): Promise<void>
  /** Ends the claim and leaves everything else as it was, due as before. */
  release(claim: PollClaim): Promise<void>
  /** Records that are due to be read again by SID, longest due first. */
  unfinished(accountSid: string, source: SourceName, limit: number): Promise<readonly Unfinished[]>
  /** Stops waiting for records that Twilio no longer has. */
  settle(accountSid: string, twilioSids: readonly string[]): Promise<void>
  /** Sets when those that are still due are read again; null ends the waiting. */
  postpone(accountSid: string, postponed: readonly Postponed[]): Promise<void>
}

/** A record that is to be read again by its SID. */
export interface Unfinished {
  readonly twilioSid: string
  readonly logType: LogType
  readonly status: string | null
  /** False where a webhook has told a part of it since it was read. */
  readonly isWhole: boolean
  /** Since when it, or the rest of it, has been waited for. */
  readonly unfinishedSince: Date | null
  /** When its status or error last changed here. */
  readonly lastChangeAt: Date
}

export interface Postponed {
  readonly twilioSid: string
  readonly nextReadAt: Date | null
}

export interface PollFailure {
  /** In words, for `health`. */
  readonly error: string
  /** null where it was not Twilio's. */
  readonly kind: ReadFailure | null
  readonly failures: number
  readonly nextPollAt: Date
  readonly sweepStartedAt: Date | null
}
