import type { ReactNode } from 'react'
import './segments.css'

interface SegmentsProps<Value extends string> {
  /** What is chosen, for screen readers. */
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly text: ReactNode; readonly title?: string }[]
  choose(value: Value): void
}

/** A few choices side by side, of which one is taken. */
export function Segments<Value extends string>({ label, value, options, choose }: SegmentsProps<Value>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          aria-label={option.title}
          aria-pressed={option.value === value}
          onClick={() => choose(option.value)}
        >
          {option.text}
        </button>
      ))}
    </div>
  )
}
