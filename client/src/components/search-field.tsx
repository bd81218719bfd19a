import { useEffect, useRef, useState } from 'react'
import { Icon } from './icon.js'
import { useIsNarrow } from './use-is-narrow.js'
import './search-field.css'

interface SearchFieldProps {
  readonly label: string
  /** The same where there is little room. */
  readonly short: string
  readonly value: string
  /** Called once the typing pauses, or at Enter. */
  search(text: string): void
}

const PAUSE_MS = 350

/** A search for which `/` is the shortcut on every page. */
export function SearchField({ label, short, value, search }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const isNarrow = useIsNarrow()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const told = useRef(value)
  // Only what somebody else has written replaces what is typed: more is being typed behind what was told.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    clearTimeout(timer.current)
    setText(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const typed = (now: string): void => {
    setText(now)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => tell(now), PAUSE_MS)
  }
  const tell = (typedText: string): void => {
    clearTimeout(timer.current)
    told.current = typedText.trim()
    search(told.current)
  }
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        className="input"
        type="search"
        placeholder={isNarrow ? short : label}
        aria-label={label}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => typed(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') tell(text)
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <kbd className="kbd">/</kbd>
    </div>
  )
}
