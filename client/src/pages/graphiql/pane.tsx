import type { ReactNode, Ref } from 'react'

interface PaneProps {
  readonly kind: 'query' | 'variables' | 'answer' | 'docs'
  readonly title: string
  readonly besideTitle?: ReactNode
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}

/** One of the parts that stand side by side. */
export function Pane({ kind, title, besideTitle, ref, children }: PaneProps) {
  return (
    <section ref={ref} className={`panel pane pane-${kind}`} aria-label={title}>
      <h2 className="pane-title">
        {title}
        {besideTitle}
      </h2>
      {children}
    </section>
  )
}
