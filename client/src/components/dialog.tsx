import { type ReactNode, useEffect, useId, useRef } from 'react'
import { LinkBadge } from '../app/link-badge.js'
import { say } from '../strings.js'
import { Button } from './button.js'
import { useIsNarrow } from './use-is-narrow.js'
import './dialog.css'

interface DialogProps {
  readonly title: ReactNode
  /** `drawer` stands at the right edge, and over everything on a phone. */
  readonly as?: 'dialog' | 'drawer'
  /** Only a button closes it: what it shows cannot be brought back. */
  readonly isKept?: boolean
  /** Beside the title. */
  readonly tools?: ReactNode
  readonly close: () => void
  readonly children: ReactNode
  /** Buttons below. */
  readonly foot?: ReactNode
}

/**
 * Shown as long as it is rendered. The browser's own modal: it holds the focus, and Escape or a click beside it closes it, where
 * it is not to be kept.
 */
export function Dialog({ title, as = 'dialog', isKept = false, tools, close, children, foot }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  /** A text that is marked up to beyond the edge ends in a click beside it too, but did not begin there. */
  const isPressedBeside = useRef(false)
  const id = useId()
  const isNarrow = useIsNarrow()
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={ref}
      className={as}
      aria-labelledby={id}
      onKeyDown={(event) => {
        // A second Escape closes it whatever becomes of `cancel`: where it is kept, none may come so far.
        if (isKept && event.key === 'Escape') event.preventDefault()
      }}
      onCancel={(event) => {
        event.preventDefault()
        if (!isKept) close()
      }}
      onPointerDown={({ target }) => (isPressedBeside.current = target === ref.current)}
      onClick={({ target }) => {
        if (!isKept && isPressedBeside.current && target === ref.current) close()
      }}
    >
      <div className="dialog-frame">
        <header className="dialog-head">
          <h2 id={id}>{title}</h2>
          {/* Over everything it also lies over that of the page. */}
          {as === 'drawer' && isNarrow && <LinkBadge />}
          {tools}
          <Button kind="quiet" icon="cross" aria-label={say.close} onClick={close} />
        </header>
        <div className="dialog-body" tabIndex={-1}>
          {children}
        </div>
        {foot && <footer className="dialog-foot">{foot}</footer>}
      </div>
    </dialog>
  )
}
