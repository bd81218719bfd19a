import { useState } from 'react'
import { say } from '../strings.js'
import { Button, type ButtonProps } from './button.js'
import { copyText } from './copy-text.js'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for screen readers: "Copy the SID". */
  readonly label: string
  readonly kind?: ButtonProps['kind']
  /** Shown on the button; without it only the icon is. */
  readonly children?: string
}

const SAID_MS = 1_500

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label, kind = 'quiet', children }: CopyButtonProps) {
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  const copy = async (button: Element): Promise<void> => {
    setSaid((await copyText(text, button)) ? 'copied' : 'failed')
    setTimeout(() => setSaid(null), SAID_MS)
  }
  const words = said === null ? children : said === 'copied' ? say.copied : say.copyFailed
  return (
    <Button
      kind={kind}
      icon={said === 'copied' ? 'check' : 'copy'}
      aria-label={said === null ? label : undefined}
      title={label}
      onClick={({ currentTarget }) => void copy(currentTarget)}
    >
      {words}
    </Button>
  )
}
