import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from './icon.js'
import './back.css'

/** The way up, above the heading of a page. */
export function Back({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link className="back" href={href}>
      <Icon name="arrow-left" />
      {children}
    </Link>
  )
}
