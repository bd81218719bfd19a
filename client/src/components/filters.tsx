import { type ReactNode, useState } from 'react'
import { say } from '../strings.js'
import { Icon } from './icon.js'
import { useIsNarrow } from './use-is-narrow.js'
import './list-filters.css'

interface FiltersProps {
  readonly label: string
  /** In sight on a phone too, such as a search. */
  readonly first: ReactNode
  /** What the others are set to; what is empty is not set. */
  readonly chosen: readonly string[]
  /** The others. */
  readonly children: ReactNode
  /** What stands below all of them. */
  readonly below?: ReactNode
}

/** What a list is filtered by, above it. A phone has one row for it: a button opens all but the first, and says how many are set. */
export function Filters({ label, first, chosen, children, below }: FiltersProps) {
  const isNarrow = useIsNarrow()
  const [isOpen, setOpen] = useState(false)
  const count = chosen.filter((one) => one !== '').length
  return (
    <div className="list-filters" role="search" aria-label={label}>
      {first}
      {isNarrow && (
        <button
          type="button"
          className="button"
          aria-expanded={isOpen}
          data-chosen={count > 0 || undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" />
          <span>{say.filters(count)}</span>
        </button>
      )}
      {(isOpen || !isNarrow) && <div className="list-filters-others">{children}</div>}
      {below}
    </div>
  )
}
