import { rowTone, statusLook, typeLook } from '../look.js'
import type { Log } from '../records.js'
import { badge } from './badge.js'
import { element } from './element.js'
import { icon } from './icon.js'
import type { ItemView } from './keyed-list.js'
import { TimeText } from './time-text.js'

/** One log in the list; a fresh one lights up for a moment. */
export function logRow(isFresh: boolean): ItemView<Log> {
  const row = element('li', { class: isFresh ? 'log fresh' : 'log' })
  const time = new TimeText()
  return {
    element: row,
    update(log) {
      time.set(log.timestamp)
      row.dataset['id'] = log.id
      row.dataset['tone'] = rowTone(log)
      row.replaceChildren(
        element('span', { class: 'when' }, time.element),
        type(log),
        status(log),
        numbers(log),
        element('span', { class: 'what' }, code(log), log.text),
      )
    },
    tick: (now) => time.tick(now),
  }
}

function type({ logType }: Log): HTMLElement {
  const look = typeLook(logType)
  return element('span', { class: `type tone-${look.tone}` }, icon(look.icon), element('span', {}, look.text))
}

function status(log: Log): HTMLElement {
  const look = statusLook(log.status)
  return element('span', { class: 'status' }, look && badge(look))
}

function numbers({ fromNumber, toNumber }: Log): HTMLElement {
  const cell = element('span', { class: 'numbers' })
  if (fromNumber === null && toNumber === null) return cell
  const arrow = element('span', { class: 'arrow' }, '→')
  cell.append(element('span', {}, fromNumber ?? '—'), ' ', arrow, ' ', element('span', {}, toNumber ?? '—'))
  return cell
}

function code({ errorCode }: Log): HTMLElement | null {
  if (errorCode === null) return null
  // Custom logs bring codes of their own, which Twilio's pages know nothing of.
  if (!/^\d{4,6}$/.test(errorCode)) return element('span', { class: 'code' }, errorCode)
  const href = `https://www.twilio.com/docs/errors/${errorCode}`
  const title = `Twilio's page on error ${errorCode}`
  return element('a', { class: 'code', href, title, target: '_blank', rel: 'noopener noreferrer' }, errorCode)
}
