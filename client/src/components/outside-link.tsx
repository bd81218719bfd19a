import type { ReactNode } from 'react'

interface OutsideLinkProps {
  readonly href: string
  readonly className?: string
  readonly children: ReactNode
}

/** Leads to somebody else's page, in a tab of its own. An address that is not of the web, such as `javascript:`, leads nowhere. */
export function OutsideLink({ href, className, children }: OutsideLinkProps) {
  if (!/^https?:\/\//i.test(href)) return <span className={className}>{children}</span>
  return (
    <a className={className} href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}
