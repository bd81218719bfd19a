import type { LogType } from '../../api/documents.js'
import { statusLook } from '../../logs/look.js'
import { say } from '../../strings.js'

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
  const chosen = value
    .split(',')
    .map((status) => status.trim())
    .filter((status) => status !== '')
  const offered = known[logType ?? 'ANY'] ?? []
  if (offered.length === 0) return null
  return (
    <div className="status-choice" role="group" aria-label={say.sentence.statuses}>
      {offered.map((status) => {
        const isChosen = chosen.some((one) => one.toLowerCase() === status)
        return (
          <button
            key={status}
            type="button"
            className={`status-chip tone-${statusLook(status)?.tone ?? 'idle'}`}
            aria-pressed={isChosen}
            onClick={() =>
              choose(
                (isChosen ? chosen.filter((one) => one.toLowerCase() !== status) : [...chosen, status]).join(
                  ', ',
                ),
              )
            }
          >
            {status}
          </button>
        )
      })}
    </div>
  )
}
