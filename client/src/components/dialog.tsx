import { type ReactNode, useEffect, useId, useRef } from 'react'
import { say } from '../strings.js'
import { Button } from './button.js'
import './dialog.css'

interface DialogProps {
  readonly title: ReactNode
  /** `drawer` stands at the right edge, and over everything on a phone. */
  readonly as?: 'dialog' | 'drawer'
  /** Beside the title. */
  readonly tools?: ReactNode
  readonly close: () => void
  readonly children: ReactNode
  /** Buttons below. */
  readonly foot?: ReactNode
}

/** Shown as long as it is rendered. The browser's own modal: it holds the focus, and Escape or a click beside it closes it. */
export function Dialog({ title, as = 'dialog', tools, close, children, foot }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
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
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => event.target === ref.current && close()}
    >
      <div className="dialog-frame">
        <header className="dialog-head">
          <h2 id={id}>{title}</h2>
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
