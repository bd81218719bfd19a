import { hash } from 'node:crypto'
import { supersedes } from '../sources/life-cycle.js'
import type { LogType, Sighting } from '../sources/log.js'

/** What is stored of a record, as far as a new sighting is measured against it. */
export interface StoredState {
  /** Whether it is as its origin has it; false where a webhook has told a part of it since. */
  readonly isWhole: boolean
  readonly hasText: boolean
  readonly twilioSid: string
  readonly logType: LogType
  readonly timestamp: Date
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly changedAt: Date | null
  readonly contentHash: string
  readonly unfinishedSince: Date | null
  readonly nextReadAt: Date | null
  /** When its status or error last changed here. */
  readonly updatedAt: Date
}

/**
 * What a sighting means for what is stored: `new` to us, `changed` in status or error, `completed` by a text that no rule has seen
 * yet, `refreshed` in anything else (a price filled in), `known` already, or `stale`: an older state of what is stored, which never
 * comes back.
 */
export type Difference = 'new' | 'changed' | 'completed' | 'refreshed' | 'known' | 'stale'

/** What is seen now; of a part, with the state that it leaves out as it is stored. */
export function filledIn(seen: Sighting, stored: StoredState | undefined): Sighting {
  if (seen.isWhole || !stored) return seen
  const errorCode = seen.errorCode ?? stored.errorCode
  return {
    ...seen,
    status: seen.status ?? stored.status,
    errorCode,
    // One error is worded differently here and there.
    errorMessage:
      errorCode === stored.errorCode ? (stored.errorMessage ?? seen.errorMessage) : seen.errorMessage,
  }
}

/** `seen` as `filledIn` gives it. */
export function compare(stored: StoredState | undefined, seen: Sighting, contentHash: string): Difference {
  if (!stored) return 'new'
  const sameState =
    stored.status === seen.status &&
    stored.errorCode === seen.errorCode &&
    stored.errorMessage === seen.errorMessage
  if (!sameState) return supersedes(stored, seen) ? 'changed' : 'stale'
  if (!seen.isWhole || stored.contentHash === contentHash) return 'known'
  if (isOlder(seen, stored)) return 'stale'
  return stored.isWhole || stored.hasText || seen.text === null ? 'refreshed' : 'completed'
}

/** Digest of all that could differ from what is stored, to tell old news without reading it. `rawJson`: its raw record as JSON. */
export function contentHashOf({ status, errorCode, errorMessage }: Sighting, rawJson: string): string {
  return hash('sha1', `${status}\n${errorCode}\n${errorMessage}\n${rawJson}`, 'base64url')
}

function isOlder(seen: Sighting, stored: StoredState): boolean {
  return seen.changedAt !== null && stored.changedAt !== null && seen.changedAt < stored.changedAt
}
