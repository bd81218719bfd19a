import { useRef, useState } from 'react'
import { DropdownMenu } from 'radix-ui'
import { ApiError } from '../../api/api-error.js'
import type { LogFilter } from '../../api/documents.js'
import { useSession } from '../../app/session.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import '../../components/menu.css'
import { useToast } from '../../components/toasts.js'
import { say } from '../../strings.js'
import { type ExportFormat, exportLogs } from './export-logs.js'

interface ExportMenuProps {
  readonly filter: LogFilter
  /** How many there are, where that is known. */
  readonly total: number | undefined
}

/** Saves the logs of the filter as a file, and says how far it is. */
export function ExportMenu({ filter, total }: ExportMenuProps) {
  const { api } = useSession()
  const toast = useToast()
  const [count, setCount] = useState<number | null>(null)
  const work = useRef<AbortController>(null)

  const run = async (format: ExportFormat): Promise<void> => {
    const { signal } = (work.current = new AbortController())
    setCount(0)
    let written = 0
    const progress = (now: number): void => setCount((written = now))
    try {
      const blob = await exportLogs({ api, filter, format, progress, signal })
      save(blob, `giftpulse-logs-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${format}`)
      toast({ tone: 'good', text: say.export.done(written) })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (!signal.aborted) toast({ tone: 'bad', text: say.export.failed(error.message) })
    } finally {
      setCount(null)
    }
  }

  if (count !== null)
    return (
      <span className="export-progress" role="status">
        <progress value={total === undefined || total > MOST_COUNTED ? undefined : count} max={total || 1} />
        <span className="small number">{say.export.progress(count, total)}</span>
        <Button kind="quiet" onClick={() => work.current?.abort()}>
          {say.export.cancel}
        </Button>
      </span>
    )
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button">
        <Icon name="download" />
        <span>{say.export.button}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={12}>
          {(['csv', 'json'] as const).map((format) => (
            <DropdownMenu.Item key={format} className="menu-item" onSelect={() => void run(format)}>
              {say.export.as[format]}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** Beyond it the API says only that there are more. */
const MOST_COUNTED = 10_000

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
