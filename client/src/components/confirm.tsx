import type { ReactNode } from 'react'
import { say } from '../strings.js'
import { Button } from './button.js'
import { Dialog } from './dialog.js'
import { Note } from './note.js'

interface ConfirmProps {
  readonly title: string
  /** What the button says that does it. */
  readonly button: string
  readonly isBusy: boolean
  readonly error?: string | undefined
  readonly close: () => void
  confirm(): void
  /** What it will do. */
  readonly children: ReactNode
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, button, isBusy, error, close, confirm, children }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      close={close}
      foot={
        <>
          <Button kind="quiet" onClick={close}>
            {say.cancel}
          </Button>
          <Button kind="danger" isBusy={isBusy} onClick={confirm}>
            {button}
          </Button>
        </>
      }
    >
      <p>{children}</p>
      {error !== undefined && (
        <Note tone="bad" icon="warning" isNews>
          {error}
        </Note>
      )}
    </Dialog>
  )
}
