import { type ReactNode, useEffect } from 'react'
import { say } from '../strings.js'
import './page-head.css'

interface PageHeadProps {
  readonly title: string
  /** One sentence, or where the page comes from. */
  readonly about?: ReactNode
  readonly tools?: ReactNode
}

/** The heading of a page; names the tab too. */
export function PageHead({ title, about, tools }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · ${say.product}`
  }, [title])
  return (
    <header className="page-head">
      <div className="page-head-words">
        <h1>{title}</h1>
        {about && <p className="muted">{about}</p>}
      </div>
      {tools && <div className="page-head-tools">{tools}</div>}
    </header>
  )
}
