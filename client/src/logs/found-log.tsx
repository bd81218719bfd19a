import { Link } from 'wouter'
import type { PreviewLogFragment } from '../api/documents.js'
import { Icon } from '../components/icon.js'
import { say } from '../strings.js'
import { Time } from '../time/time.js'
import { logPath } from './log.js'
import { LogCode } from './log-code.js'
import { statusLook, typeLook } from './look.js'
import './found-log.css'

interface FoundLogProps {
  readonly log: PreviewLogFragment
  readonly at: string
  /** What is to be said of it; null: what it is. */
  readonly text: string | null
}

/** A log that a rule finds, in a line that leads to it. */
export function FoundLog({ log, at, text }: FoundLogProps) {
  const look = statusLook(log.status) ?? typeLook(log.logType)
  const said = log.errorMessage ?? log.text
  return (
    <Link className={`found tone-${look.tone}`} href={logPath(log.id)}>
      <Icon name={look.icon} />
      <span className="found-words">
        <span>{text ?? say.preview.match(typeLook(log.logType).text, log.status, log.toNumber)}</span>
        {text === null && said !== null && <span className="muted small found-text">{said}</span>}
      </span>
      {text === null && <LogCode log={log} />}
      <Time at={at} as="clock" />
    </Link>
  )
}
