import { memo, type MouseEvent } from 'react'
import { Badge } from '../components/badge.js'
import { Icon } from '../components/icon.js'
import { say } from '../strings.js'
import { Time } from '../time/time.js'
import type { Log } from './log.js'
import { LogCode } from './log-code.js'
import { rowTone, statusLook, typeLook } from './look.js'

interface LogRowProps {
  readonly log: Log
  /** Where it is opened by itself. */
  readonly href: string
  readonly place: number
  /** From the top of the list, in pixels. */
  readonly top: number
  readonly height: number
  readonly isOpen: boolean
  /** Whether Tab comes here: one row of the list takes it. */
  readonly isFirstStop: boolean
  readonly open: (id: string) => void
  readonly walkTo: (id: string) => void
}

/** A log in a line, all of which is a link to it; a plain click opens it beside the list. */
export const LogRow = memo(function LogRow({
  log,
  href,
  place,
  top,
  height,
  isOpen,
  isFirstStop,
  open,
  walkTo,
}: LogRowProps) {
  const type = typeLook(log.logType)
  const status = statusLook(log.status)
  return (
    <div
      className={`log tone-${rowTone(log)}`}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isOpen}
      data-id={log.id}
      data-tone={rowTone(log)}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={pressLink}
      onAuxClick={pressLink}
    >
      <span role="gridcell" className="log-time">
        <a
          className="log-link"
          href={href}
          tabIndex={isFirstStop ? 0 : -1}
          onClick={(event) => {
            if (isForBrowser(event)) return
            event.preventDefault()
            open(log.id)
          }}
          onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && walkTo(log.id)}
        >
          <Time at={log.timestamp} />
        </a>
      </span>
      <span role="gridcell" className="log-type">
        <Icon name={type.icon} />
        {type.text}
      </span>
      <span role="gridcell" className="log-status">
        {status ? (
          <Badge {...status} />
        ) : log.logType === 'CALL' || log.logType === 'MESSAGE' ? (
          say.none
        ) : null}
      </span>
      <span role="gridcell" className="log-numbers">
        {(log.fromNumber ?? log.toNumber) !== null && (
          <>
            <bdi>{log.fromNumber ?? say.none}</bdi>
            <span className="muted"> → </span>
            <bdi>{log.toNumber ?? say.none}</bdi>
          </>
        )}
      </span>
      <span role="gridcell" className="log-what">
        <LogCode log={log} />
        <span className={`log-what-text ${log.errorCode === null ? 'muted' : ''}`}>{log.text}</span>
        {log.text === null && log.errorCode === null && (
          <span className="log-what-numbers muted">
            {[log.fromNumber, log.toNumber].filter(Boolean).join(' → ')}
          </span>
        )}
      </span>
    </div>
  )
})

/** Whether a click asks for another tab or window, or for the link itself. */
function isForBrowser({ ctrlKey, metaKey, shiftKey, altKey, button }: MouseEvent): boolean {
  return ctrlKey || metaKey || shiftKey || altKey || button !== 0
}

/**
 * Texts lie above the link, so that they can be selected; a click on one of them is one on the link all the same, unless it is what
 * is left of selecting. A click with the middle button, which no script can make, is one with the keys that do the same.
 */
function pressLink({ currentTarget, target, nativeEvent }: MouseEvent<HTMLElement>): void {
  const link = currentTarget.querySelector('a')
  if (
    !link ||
    link.contains(target as Node) ||
    nativeEvent.button > 1 ||
    getSelection()?.isCollapsed === false
  )
    return
  const isMiddle = nativeEvent.button === 1
  const { ctrlKey, metaKey, shiftKey, altKey } = nativeEvent
  link.dispatchEvent(
    new window.MouseEvent('click', {
      bubbles: true,
      cancelable: true,
      ctrlKey: ctrlKey || isMiddle,
      metaKey: metaKey || isMiddle,
      shiftKey,
      altKey,
    }),
  )
}
