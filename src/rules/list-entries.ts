import { PatternError } from './pattern-error.js'

/** One entry of a comma list, trimmed; `place` names it in faults. */
export interface ListEntry {
  readonly text: string
  readonly place: string
}

/** The most a list may hold: every process keeps it in memory. */
const MAX_ENTRIES = 1_000
const MAX_LENGTH = 20_000

/**
 * Cuts a comma list into its entries; an empty entry stays, for the reader of the list to refuse with its place.
 * `example` shows the expected form.
 * @throws PatternError when there is no list, or it is too long
 */
export function listEntries(value: string | null, example: string): readonly ListEntry[] {
  if (value === null || value.trim() === '')
    throw new PatternError([`must name at least one: a comma list such as "${example}"`])
  if (value.length > MAX_LENGTH) throw new PatternError([`is longer than ${MAX_LENGTH} characters`])
  const parts = value.split(',')
  if (parts.length > MAX_ENTRIES)
    throw new PatternError([`has ${parts.length} entries; at most ${MAX_ENTRIES} are possible`])
  return parts.map((part, index) => {
    const text = part.trim()
    return { text, place: `entry ${index + 1} ("${text.length > 40 ? `${text.slice(0, 40)}…` : text}")` }
  })
}

const NAMED_FAULTS = 10

/**
 * Refuses a list with the faults of its entries: the first ones in full, the rest as a number.
 * @throws PatternError where there is any fault
 */
export function refuseEntries(faults: readonly string[]): void {
  if (faults.length === 0) return
  const rest = faults.length - NAMED_FAULTS
  throw new PatternError(
    rest > 0 ? [...faults.slice(0, NAMED_FAULTS), `${rest} more entries are wrong`] : faults,
  )
}
