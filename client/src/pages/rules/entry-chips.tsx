import { useId } from 'react'
import { Icon } from '../../components/icon.js'
import type { Tone } from '../../components/look.js'
import { say } from '../../strings.js'

interface EntryChipsProps {
  readonly label: string
  readonly entries: readonly Entry[]
  /** A list with commas, in which case does not matter. */
  readonly value: string
  readonly fault?: string | undefined
  choose(value: string): void
}

interface Entry {
  /** As the list has it. */
  readonly name: string
  readonly tone: Tone
  /** What it is called, where its name is none for people; the name stands beside it then. */
  readonly text?: string
}

/** The usual entries of a list, to be ticked instead of written. */
export function EntryChips({ label, entries, value, fault, choose }: EntryChipsProps) {
  const id = useId()
  const chosen = value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const toggle = (name: string): void => {
    const others = chosen.filter((one) => !isSameEntry(one, name))
    choose((others.length < chosen.length ? others : [...chosen, name]).join(', '))
  }
  return (
    <div className="entry-chips" role="group" aria-label={label}>
      {entries.map(({ name, tone, text }, place) => {
        const isMarked = fault !== undefined && place === 0
        const described = [text !== undefined && `${id}-${place}`, isMarked && `${id}-fault`].filter(Boolean)
        return (
          <span key={name} className={text === undefined ? undefined : 'entry-named'}>
            <button
              type="button"
              className={`entry-chip tone-${tone}`}
              aria-pressed={chosen.some((one) => isSameEntry(one, name))}
              aria-invalid={isMarked || undefined}
              aria-describedby={described.join(' ') || undefined}
              onClick={() => toggle(name)}
            >
              {text ?? name}
            </button>
            {text !== undefined && (
              <code id={`${id}-${place}`} className="muted small">
                {name}
              </code>
            )}
          </span>
        )
      })}
      {fault !== undefined && (
        <span id={`${id}-fault`} className="field-error" role="alert">
          <Icon name="warning" />
          {say.rules.fault(label, fault)}
        </span>
      )}
    </div>
  )
}

function isSameEntry(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
