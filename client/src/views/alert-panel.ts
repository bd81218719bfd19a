import type { SessionState } from '../session.js'
import { alertCard } from './alert-card.js'
import { element, setText, show } from './element.js'
import { firstRule } from './first-rule.js'
import { KeyedList } from './keyed-list.js'
import { skeleton } from './skeleton.js'

/** On a narrow screen the logs must stay within reach, so only so many alerts stand above them until asked for. */
const NARROW_COUNT = 2

/** The alerts, newest first. */
export class AlertPanel {
  private readonly firing = element('span', { class: 'count' })
  private readonly list = new KeyedList(element('ol', { class: 'alerts', id: 'alerts' }), alertCard)
  private readonly more = element('button', { type: 'button', class: 'more', 'aria-controls': 'alerts' })
  private readonly empty = firstRule()
  private readonly skeleton = skeleton('alert', 3)
  readonly element = element(
    'section',
    { class: 'panel alert-panel', 'aria-labelledby': 'alerts-title' },
    element('header', {}, element('h2', { id: 'alerts-title' }, 'Alerts'), this.firing),
    element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'alerts-title' },
      this.skeleton,
      this.empty,
      this.list.element,
      this.more,
    ),
  )
  private isExpanded = false

  constructor(private readonly changed: () => void) {
    this.more.addEventListener('click', () => {
      this.isExpanded = !this.isExpanded
      this.changed()
    })
  }

  render({ feed: { alerts }, isLoaded }: SessionState, now: number): void {
    this.list.render(alerts, now)
    show(this.skeleton, !isLoaded)
    show(this.empty, isLoaded && alerts.length === 0)
    show(this.more, alerts.length > NARROW_COUNT)
    this.list.element.classList.toggle('expanded', this.isExpanded)
    this.more.setAttribute('aria-expanded', String(this.isExpanded))
    setText(this.more, this.isExpanded ? 'Show fewer' : `Show all ${alerts.length} alerts`)
    const firing = alerts.filter(({ state }) => state === 'FIRING').length
    this.firing.classList.toggle('is-firing', firing > 0)
    setText(this.firing, alerts.length === 0 ? '' : firing === 0 ? 'none firing' : `${firing} firing`)
  }
}
