import type { LogType } from '../../api/documents.js'
import { statusLook } from '../../logs/look.js'
import { say } from '../../strings.js'
import { EntryChips } from './entry-chips.js'

/** Twilio's words that people want to hear of, by the kind of log. */
const known: Readonly<Record<string, readonly string[]>> = {
  MESSAGE: ['failed', 'undelivered', 'canceled', 'delivered', 'received'],
  CALL: ['failed', 'busy', 'no-answer', 'canceled', 'completed'],
  ANY: ['failed', 'undelivered', 'busy', 'no-answer', 'canceled'],
}

interface StatusChoiceProps {
  readonly logType: LogType | null
  readonly value: string
  choose(value: string): void
}

/** The usual statuses, to be ticked instead of written. */
export function StatusChoice({ logType, value, choose }: StatusChoiceProps) {
  const offered = known[logType ?? 'ANY'] ?? []
  if (offered.length === 0) return null
  return (
    <EntryChips
      label={say.sentence.statuses}
      entries={offered.map((name) => ({ name, tone: statusLook(name)?.tone ?? 'idle' }))}
      value={value}
      choose={choose}
    />
  )
}
