import type { LinkState } from '../link-state.js'
import { span } from '../relative-time.js'
import { element, setText } from './element.js'

/** The connection in words and colour, always on the page. */
export class LinkBadge {
  private readonly words = element('span')
  readonly element = element(
    'p',
    { class: 'link' },
    element('span', { class: 'dot', 'aria-hidden': 'true' }),
    this.words,
  )

  render(link: LinkState, now: number): void {
    if (this.element.dataset['phase'] !== link.phase) this.element.dataset['phase'] = link.phase
    setText(this.words, linkWords(link, now))
  }
}

function linkWords({ phase, heardAt, replay, caughtUp }: LinkState, now: number): string {
  if (phase === 'connecting') return 'Connecting …'
  if (phase === 'cut') return `Reconnecting, data is ${span((now - (heardAt ?? now)) / 1_000)} old`
  if (replay) return 'Live, catching up …'
  if (caughtUp) return `Live, caught up ${events(caughtUp.count)}`
  return 'Live'
}

function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`
}
