import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Note } from '../../components/note.js'
import { say } from '../../strings.js'
import { ToCopy } from './to-copy.js'

interface ShownOnceProps {
  readonly title: string
  /** That it is not shown again. */
  readonly warning: string
  readonly text: string
  readonly copyLabel: string
  readonly close: () => void
}

/** A secret that the server has made and shows this once. */
export function ShownOnce({ title, warning, text, copyLabel, close }: ShownOnceProps) {
  return (
    <Dialog
      title={title}
      close={close}
      isKept
      foot={
        <Button kind="primary" onClick={close}>
          {say.keyring.done}
        </Button>
      }
    >
      <div className="setting-form">
        <Note tone="warn" icon="warning">
          {warning}
        </Note>
        <ToCopy label={copyLabel} text={text} />
      </div>
    </Dialog>
  )
}
