import { useEffect, useRef, useState } from 'react'
import { DropdownMenu } from 'radix-ui'
import { ApiError } from '../../api/api-error.js'
import type { LogFilter } from '../../api/documents.js'
import { waitUntil } from '../../api/retry-pause.js'
import { useSession } from '../../app/session.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import '../../components/menu.css'
import { useToast } from '../../components/toasts.js'
import { MOST_COUNTED, say } from '../../strings.js'
import type { ExportFormat } from './export-formats.js'
import { ExportStopped } from './export-stopped.js'
import { LogExport } from './log-export.js'

interface ExportMenuProps {
  readonly filter: LogFilter
  /** How many there are, where that is known. */
  readonly total: number | undefined
}

/** An export that was begun. */
interface Export {
  readonly format: ExportFormat
  /** As it was known when it began. */
  readonly total: number | undefined
  readonly log: LogExport
}

/** Under way, or stopped by a fault. */
interface Stage {
  readonly of: Export
  readonly count: number
  readonly isAgain: boolean
  readonly fault: ApiError | null
}

/** Saves the logs of the filter as a file, and says how far it is. Who leaves the page gives it up. */
export function ExportMenu({ filter, total }: ExportMenuProps) {
  const { api } = useSession()
  const toast = useToast()
  const [stage, setStage] = useState<Stage | null>(null)
  const work = useRef<AbortController>(null)
  useEffect(() => () => work.current?.abort(), [])

  const begin = (format: ExportFormat): void => {
    const log = new LogExport({
      api,
      filter,
      format,
      progress: (count, isAgain) => setStage({ of, count, isAgain, fault: null }),
      wait: waitUntil,
    })
    const of: Export = { format, total, log }
    void run(of)
  }
  const run = async (of: Export): Promise<void> => {
    const { signal } = (work.current = new AbortController())
    setStage({ of, count: of.log.count, isAgain: false, fault: null })
    try {
      await of.log.read(signal)
      save(of, false)
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError)) setStage(null)
      else setStage({ of, count: of.log.count, isAgain: false, fault: error })
      if (!(error instanceof ApiError)) throw error
    }
  }
  const save = ({ log, format }: Export, isPart: boolean): void => {
    download(log.file(), nameOf(format, isPart))
    toast({ tone: 'good', text: isPart ? say.export.doneInPart(log.count) : say.export.done(log.count) })
    setStage(null)
  }

  if (stage?.fault)
    return (
      <ExportStopped
        progress={say.export.progress(stage.count, stage.of.total)}
        why={stage.fault.message}
        goOn={() => void run(stage.of)}
        savePart={stage.count === 0 ? undefined : () => save(stage.of, true)}
        discard={() => setStage(null)}
      />
    )
  if (stage) return <Progress stage={stage} cancel={() => work.current?.abort()} />
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button">
        <Icon name="download" />
        <span>{say.export.button}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={12}>
          {(['csv', 'json'] as const).map((format) => (
            <DropdownMenu.Item key={format} className="menu-item" onSelect={() => begin(format)}>
              {say.export.as[format]}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Progress({ stage, cancel }: { readonly stage: Stage; readonly cancel: () => void }) {
  const { of, count, isAgain } = stage
  const { total } = of
  const isKnown = total !== undefined && total <= MOST_COUNTED
  return (
    <span className="export-progress">
      <progress value={isKnown ? count : undefined} max={total || 1} aria-label={say.export.button} />
      <span className="small number">
        {isAgain ? say.export.again(say.export.progress(count, total)) : say.export.progress(count, total)}
      </span>
      <Button kind="quiet" onClick={cancel}>
        {say.cancel}
      </Button>
    </span>
  )
}

/** With the moment, and with what tells a part from the whole. */
function nameOf(format: ExportFormat, isPart: boolean): string {
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '')
  return `giftpulse-logs-${at}${isPart ? `-${say.export.incomplete}` : ''}.${format}`
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
