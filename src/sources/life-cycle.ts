import { LogType } from './log.js'
import type { Sighting } from './log.js'

/** The part of a record that moves through its life, as stored or as seen. */
export type RecordState = Pick<Sighting, 'logType' | 'status' | 'errorCode' | 'errorMessage' | 'changedAt'>

interface LifeCycle {
  /** How far along its life a record is: a higher rank comes later. */
  readonly ranks: Readonly<Record<string, number>>
  readonly final: ReadonlySet<string>
  /** Of a status that Twilio added since: somewhere in the middle, and not the end. */
  readonly unknownRank: number
}

// twilio-oai, twilio_api_v2010.json: `message_enum_status`; the order from Twilio's page on outbound message statuses.
const message: LifeCycle = {
  ranks: {
    scheduled: 0,
    accepted: 1,
    queued: 2,
    receiving: 2,
    sending: 3,
    sent: 5,
    partially_delivered: 6,
    canceled: 7,
    failed: 7,
    undelivered: 7,
    delivered: 7,
    received: 7,
    read: 8,
  },
  final: new Set(['canceled', 'failed', 'undelivered', 'delivered', 'received', 'read']),
  unknownRank: 4,
}

// The same file: `call_enum_status`.
const call: LifeCycle = {
  ranks: {
    queued: 0,
    ringing: 1,
    'in-progress': 3,
    canceled: 4,
    busy: 4,
    failed: 4,
    'no-answer': 4,
    completed: 4,
  },
  final: new Set(['canceled', 'busy', 'failed', 'no-answer', 'completed']),
  unknownRank: 2,
}

/** Alerts and custom logs have no life cycle: they are reported, and that is all. */
function lifeCycleOf(logType: LogType): LifeCycle | null {
  if (logType === LogType.CALL) return call
  return logType === LogType.MESSAGE ? message : null
}

/** Whether nothing more is to be waited for. `delivered` is final although it may still become `read`. */
export function isFinal(logType: LogType, status: string | null): boolean {
  const cycle = lifeCycleOf(logType)
  return cycle === null || (status !== null && cycle.final.has(status))
}

/**
 * Whether it is to be read by its SID: it goes on, or so far a webhook has told a part of it. Alerts come with their list, and of a
 * custom log there is nothing to read.
 */
function isAwaited(logType: LogType, status: string | null, isWhole: boolean): boolean {
  return lifeCycleOf(logType) !== null && (!isWhole || !isFinal(logType, status))
}

/**
 * Whether what was seen may replace what is stored. Twilio answers late, from copies and out of order, so: nothing unfinished
 * replaces something final, date_updated decides next, then how far along the status is; at the same point an error may be
 * filled in or corrected, never taken away.
 */
export function supersedes(stored: RecordState, seen: RecordState): boolean {
  const byDate = compareDates(seen.changedAt, stored.changedAt)
  const cycle = lifeCycleOf(stored.logType)
  if (cycle === null) return byDate >= 0
  const storedFinal = isFinal(stored.logType, stored.status)
  if (storedFinal && !isFinal(stored.logType, seen.status)) return false
  const further = rankOf(cycle, seen.status) - rankOf(cycle, stored.status)
  if (storedFinal && further < 0) return false
  if (byDate !== 0) return byDate > 0
  if (further !== 0) return further > 0
  return seen.status === stored.status && !losesError(stored, seen)
}

/** Positive when `seen` is newer; 0 also when either is unknown, as with webhooks, which carry no date. */
function compareDates(seen: Date | null, stored: Date | null): number {
  return seen === null || stored === null ? 0 : seen.getTime() - stored.getTime()
}

function rankOf(cycle: LifeCycle, status: string | null): number {
  if (status === null) return -1
  return Object.hasOwn(cycle.ranks, status) ? (cycle.ranks[status] ?? cycle.unknownRank) : cycle.unknownRank
}

function losesError(stored: RecordState, seen: RecordState): boolean {
  if (stored.errorCode !== null && seen.errorCode === null) return true
  return stored.errorCode === seen.errorCode && stored.errorMessage !== null && seen.errorMessage === null
}

/**
 * Since when a record, or the rest of it, has been waited for; null when there is nothing to wait for. What is first seen counts from the newest
 * of its own dates, what was scheduled from when it was first seen to have left `scheduled`.
 */
export function unfinishedSince(
  before: { readonly status: string | null; readonly unfinishedSince: Date | null } | undefined,
  seen: Sighting,
  now: Date,
): Date | null {
  if (!isAwaited(seen.logType, seen.status, seen.isWhole)) return null
  // How it ended was told by a webhook: what is waited for now is the rest of it.
  if (isFinal(seen.logType, seen.status)) return now
  if (before?.status === 'scheduled' && seen.status !== 'scheduled') return now
  return before?.unfinishedSince ?? (seen.newestDate < now ? seen.newestDate : now)
}

const HOUR_MS = 3_600_000
/** Many carriers never report back, so `sent` is often the last status there is. */
const GIVEN_UP_AFTER_MS = 72 * HOUR_MS
const LONGEST_PAUSE_MS = 2 * HOUR_MS

/**
 * When an unfinished record is to be read again by its SID: after half the time since it last changed, at least one poll
 * interval and at most 2 hours. What is known in part only is read by the next poll for a first time. null when it is final or
 * 72 hours have passed; a scheduled message is waited for without limit.
 */
export function nextReadAt(record: {
  readonly logType: LogType
  readonly status: string | null
  readonly isWhole: boolean
  readonly unfinishedSince: Date | null
  readonly lastChangeAt: Date
  readonly now: Date
  readonly intervalSeconds: number
}): Date | null {
  const { logType, status, isWhole, unfinishedSince: since } = record
  if (since === null || !isAwaited(logType, status, isWhole)) return null
  const now = record.now.getTime()
  const waited = now - since.getTime()
  if (status !== 'scheduled' && waited >= GIVEN_UP_AFTER_MS) return null
  const shortest = isWhole ? record.intervalSeconds * 1_000 : 0
  const half = (now - record.lastChangeAt.getTime()) / 2
  return new Date(now + Math.max(shortest, Math.min(half, LONGEST_PAUSE_MS)))
}
