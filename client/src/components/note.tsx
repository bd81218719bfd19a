import type { ReactNode } from 'react'
import type { Tone } from './look.js'
import { Icon, type IconName } from './icon.js'
import './note.css'

interface NoteProps {
  readonly tone: Tone
  readonly icon: IconName
  /** Read out when it appears. */
  readonly isNews?: boolean
  readonly children: ReactNode
}

/** A sentence that must not be missed, above or below what it is about. */
export function Note({ tone, icon, isNews = false, children }: NoteProps) {
  return (
    <p className={`note tone-${tone}`} role={isNews ? 'status' : undefined}>
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  )
}
