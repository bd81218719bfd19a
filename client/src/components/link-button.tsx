import type { ReactNode } from 'react'
import { Link } from 'wouter'

interface LinkButtonProps {
  readonly href: string
  readonly children: ReactNode
}

/** A link to another page that looks as a button does. */
export function LinkButton({ href, children }: LinkButtonProps) {
  return (
    <Link className="button" href={href}>
      {children}
    </Link>
  )
}
