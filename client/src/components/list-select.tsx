import type { ReactNode } from 'react'
import './list-filters.css'

interface ListSelectProps {
  readonly label: string
  /** What is said where nothing is chosen. */
  readonly unchosen: string
  /** Empty = any. */
  readonly value: string
  choose(value: string): void
  /** The options besides. */
  readonly children: ReactNode
}

/** One of many, or any: to filter a list by. */
export function ListSelect({ label, unchosen, value, choose, children }: ListSelectProps) {
  return (
    <select
      className="input list-select"
      aria-label={label}
      value={value}
      onChange={({ target }) => choose(target.value)}
    >
      <option value="">{unchosen}</option>
      {children}
    </select>
  )
}
