import { actionLook, alertLook, deliveryLook } from '../look.js'
import type { Alert, Delivery } from '../records.js'
import { badge } from './badge.js'
import { element, setText } from './element.js'
import { icon } from './icon.js'
import type { ItemView } from './keyed-list.js'
import { TimeText } from './time-text.js'

/** One alert with what became of its deliveries. */
export function alertCard(): ItemView<Alert> {
  const card = element('li', { class: 'alert' })
  const time = new TimeText()
  let lines: readonly DeliveryLine[] = []
  return {
    element: card,
    update(alert) {
      time.set(alert.triggeredAt)
      card.dataset['id'] = alert.id
      card.dataset['tone'] = alertLook(alert.state).tone
      lines = alert.deliveries.map((delivery) => new DeliveryLine(delivery))
      card.replaceChildren(
        element('div', { class: 'alert-top' }, badge(alertLook(alert.state)), matches(alert), time.element),
        element('h3', {}, alert.ruleName),
        element('p', { class: 'summary' }, withoutName(alert)),
        element('ul', { class: 'deliveries', 'aria-label': 'Deliveries' }, ...shownLines(lines)),
      )
    },
    tick(now) {
      time.tick(now)
      for (const line of lines) line.tick(now)
    },
  }
}

/** One action owed for the alert. */
class DeliveryLine {
  private readonly state = element('span', { class: 'delivery-state' })
  readonly element: HTMLElement
  private shown = ''

  constructor(private readonly delivery: Delivery) {
    const action = actionLook(delivery.actionType)
    const problem = delivery.problem === null ? null : element('span', { class: 'problem' }, delivery.problem)
    const name = element('span', { class: 'action' }, icon(action.icon), action.text)
    this.element = element('li', {}, name, this.state, problem)
  }

  tick(now: number): void {
    const look = deliveryLook(this.delivery, now)
    if (this.shown === look.text) return
    this.shown = look.text
    this.state.replaceChildren(badge(look))
  }
}

function shownLines(lines: readonly DeliveryLine[]): HTMLElement[] {
  if (lines.length > 0) return lines.map((line) => line.element)
  const none = element('li', { class: 'none' })
  setText(none, 'The rule has no action: nobody is told.')
  return [none]
}

function matches({ matchCount }: Alert): HTMLElement {
  return element('span', { class: 'matches' }, matchCount === 1 ? '1 match' : `${matchCount} matches`)
}

/** Summaries begin with the rule's name, which stands above them already. */
function withoutName({ ruleName, summary }: Alert): string {
  const opening = `${ruleName}: `
  return summary.startsWith(opening) ? summary.slice(opening.length) : summary
}
