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
