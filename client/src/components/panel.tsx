import { type ReactNode, useId } from 'react'
import './panel.css'

interface PanelProps {
  readonly title: ReactNode
  /** Small things beside the title: a count, a badge. */
  readonly beside?: ReactNode
  /** Buttons and links at the right. */
  readonly tools?: ReactNode
  /** Content that reaches the panel's edges, such as a table. */
  readonly isFlush?: boolean
  readonly className?: string
  readonly children: ReactNode
}

/** One subject with its heading, on a ground of its own. */
export function Panel({ title, beside, tools, isFlush = false, className = '', children }: PanelProps) {
  const id = useId()
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {beside}
        {tools && <div className="panel-tools">{tools}</div>}
      </header>
      <div className={isFlush ? 'panel-body panel-flush' : 'panel-body'}>{children}</div>
    </section>
  )
}
