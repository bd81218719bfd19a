import { useState } from 'react'
import { say } from '../strings.js'
import { Button } from './button.js'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for screen readers: "Copy the SID". */
  readonly label: string
  /** Shown on the button; without it only the icon is. */
  readonly children?: string
}

const SAID_MS = 1_500

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label, children }: CopyButtonProps) {
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  const copy = async (): Promise<void> => {
    setSaid(
      await navigator.clipboard.writeText(text).then(
        () => 'copied' as const,
        () => 'failed' as const,
      ),
    )
    setTimeout(() => setSaid(null), SAID_MS)
  }
  const words = said === null ? children : said === 'copied' ? say.copied : say.copyFailed
  return (
    <Button
      kind="quiet"
      icon={said === 'copied' ? 'check' : 'copy'}
      aria-label={said === null ? label : undefined}
      title={label}
      onClick={() => void copy()}
    >
      {words}
    </Button>
  )
}
