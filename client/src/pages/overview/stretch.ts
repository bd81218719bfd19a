import type { Span } from '../../time/span-picker.js'

/** Over which time things are counted. */
export interface Stretch {
  readonly span: Span
  /** Where it begins (ISO 8601): it moves with the clock. */
  readonly since: string
  /** Into how many equal parts. */
  readonly buckets: number
  /** False while the span is not known yet: nothing is asked for. */
  readonly enabled: boolean
}

/** As lists have it in their address; both in milliseconds. */
export function between(from: number, until: number): string {
  return new URLSearchParams({
    since: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
  }).toString()
}
