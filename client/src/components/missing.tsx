import type { ReactNode } from 'react'
import { LinkButton } from './link-button.js'
import { Empty } from './states.js'

interface MissingProps {
  readonly title: string
  /** Where to go instead, and how that is called. */
  readonly href: string
  readonly way: string
  /** Why it may be missing. */
  readonly children?: ReactNode
}

/** There is no such page, or nothing of that id. */
export function Missing({ title, href, way, children }: MissingProps) {
  return (
    <Empty icon="search" title={title} action={<LinkButton href={href}>{way}</LinkButton>}>
      {children}
    </Empty>
  )
}
