import type { JudgedTransition } from '../rules/evaluate.js'

/** A state of a stored log on its way to being judged once more. */
export interface Replayed extends JudgedTransition {
  /** Whether the rule matches it; null where it could not be asked. */
  readonly matches: boolean | null
  /** The clock at which it is judged, in milliseconds since the epoch. */
  readonly clock: number
}

/** The feed's head at which a replayed rule is said to have been made, and how logs stand to it. */
export const RULE_MADE_AT = 1
export const OLDER_THAN_RULE = 1
export const NEWER_THAN_RULE = 2

/** Whether it only counts in windows: its log is older than the span. */
export function isOlder({ addedPosition }: JudgedTransition): boolean {
  return addedPosition === OLDER_THAN_RULE
}
