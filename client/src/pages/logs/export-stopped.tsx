import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { say } from '../../strings.js'

interface ExportStoppedProps {
  /** How far it came, in words. */
  readonly progress: string
  readonly why: string
  goOn(): void
  /** Undefined where there is nothing to save. */
  readonly savePart: (() => void) | undefined
  readonly discard: () => void
}

/** An export that could not go on: what now is the reader's choice, and nothing that was read is lost by waiting. */
export function ExportStopped({ progress, why, goOn, savePart, discard }: ExportStoppedProps) {
  return (
    <Dialog
      title={say.export.stopped}
      close={discard}
      isKept
      foot={
        <>
          <Button kind="quiet" onClick={discard}>
            {say.export.discard}
          </Button>
          {savePart && (
            <Button icon="download" onClick={savePart}>
              {say.export.savePart}
            </Button>
          )}
          <Button kind="primary" icon="refresh" onClick={goOn}>
            {say.export.goOn}
          </Button>
        </>
      }
    >
      <p>{say.export.stoppedWhy(progress, why)}</p>
      <p className="muted">{savePart ? say.export.stoppedNext : say.export.stoppedAtOnce}</p>
    </Dialog>
  )
}
