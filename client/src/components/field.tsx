import { type ReactNode, useId } from 'react'
import { capitalized } from './capitalized.js'
import { Icon } from './icon.js'
import './field.css'

interface FieldProps {
  readonly label: string
  /** What to write, in a sentence. */
  readonly hint?: ReactNode
  /** What the server or the form says is wrong with it. */
  readonly error?: string | undefined
  /** Gets the attributes that tie the control to its label, hint and fault. */
  readonly children: (control: ControlProps) => ReactNode
}

export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** A labelled control with its hint and its fault. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error" role="alert">
          <Icon name="warning" />
          {/* The server's words follow the name of a field; here they stand alone. */}
          {capitalized(error)}
        </p>
      )}
    </div>
  )
}
