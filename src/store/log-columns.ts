import type { Write } from '../ingest/ingest.js'
import { binaryArray, type ArrayValues } from './binary-array.js'
import { timeOrderedIds } from './uuid.js'

/** A column of the records that one statement stores, a whole page of them. */
export interface Column {
  readonly name: string
  readonly type: keyof ArrayValues
  arrayOf(writes: readonly Write[]): Buffer
}

function column<Type extends keyof ArrayValues>(
  name: string,
  type: Type,
  of: (write: Write) => ArrayValues[Type] | null,
): Column {
  return { name, type, arrayOf: (writes) => binaryArray(type, writes.map(of)) }
}

/** What may differ from one sighting of a record to the next besides its state. */
const contents = [
  column('timestamp', 'timestamptz', ({ seen }) => seen.timestamp),
  column('whole', 'boolean', ({ seen }) => seen.isWhole),
  column('from_number', 'text', ({ seen }) => seen.fromNumber),
  column('to_number', 'text', ({ seen }) => seen.toNumber),
  column('text', 'text', ({ seen }) => seen.text),
  column('content_hash', 'text', ({ contentHash }) => contentHash),
  column('changed_at', 'timestamptz', ({ seen }) => seen.changedAt),
  column('unfinished_since', 'timestamptz', ({ unfinishedSince }) => unfinishedSince),
  column('next_read_at', 'timestamptz', ({ nextReadAt }) => nextReadAt),
  // Last of all columns: `pg` copies what it has gathered whenever a long parameter no longer fits.
  column('raw_data', 'jsonb', ({ rawJson }) => rawJson),
]

const states = [
  column('status', 'text', ({ seen }) => seen.status),
  column('error_code', 'text', ({ seen }) => seen.errorCode),
  column('error_message', 'text', ({ seen }) => seen.errorMessage),
]

const ids: Column = {
  name: 'id',
  type: 'uuid',
  arrayOf: (writes) => binaryArray('uuid', timeOrderedIds(writes.length, new Date())),
}

/** What a log keeps from its first sighting on. */
const origins = [
  ids,
  column('twilio_sid', 'text', ({ seen }) => seen.twilioSid),
  column('account_sid', 'text', ({ seen }) => seen.accountSid),
  column('log_type', 'text', ({ seen }) => seen.logType),
  column('backfilled', 'boolean', ({ backfilled }) => backfilled),
]

/** By what a stored log is found, if it is still as it was when the change was decided. */
const marks = [
  column('sid', 'text', ({ seen }) => seen.twilioSid),
  column('stored_hash', 'text', ({ stored }) => stored?.contentHash ?? null),
]

/** Of new logs, */
export const inserted = [...origins, ...states, ...contents]
/** of those whose status or error is another now, or whose text is, */
export const updated = [
  ...marks,
  column('completes', 'boolean', ({ completes }) => completes),
  ...states,
  ...contents,
]
/** and of those of which anything else is. */
export const refreshing = [...marks, ...contents]

export function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name }) => `"${name}"`).join(', ')
}

/** The records as a table, its columns the parameters from that number on. */
export function incoming(columns: readonly Column[], first: number): string {
  const arrays = columns.map(({ type }, place) => `$${first + place}::${type}[]`)
  return `unnest(${arrays.join(', ')}) AS incoming(${namesOf(columns)})`
}

export function arraysOf(columns: readonly Column[], writes: readonly Write[]): Buffer[] {
  return columns.map((one) => one.arrayOf(writes))
}
