import type { Tone } from './look.js'
import './code-chip.css'

interface CodeChipProps {
  readonly code: string | number
  /** `idle` where nobody here knows whether it is bad, such as an HTTP status. */
  readonly tone?: Tone
}

/** An error code or an HTTP status. */
export function CodeChip({ code, tone = 'idle' }: CodeChipProps) {
  return <code className={`code-chip tone-${tone}`}>{code}</code>
}
