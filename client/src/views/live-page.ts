import { installationWords } from '../health-words.js'
import type { SessionState } from '../session.js'
import { AlertPanel } from './alert-panel.js'
import { Announcer } from './announcer.js'
import { brand } from './brand.js'
import { element, setText, show } from './element.js'
import { LinkBadge } from './link-badge.js'
import { LogPanel } from './log-panel.js'
import { Notices } from './notices.js'
import { ProblemPanel } from './problem-panel.js'
import { SourceStrip } from './source-strip.js'

export interface LivePageListener {
  signOut(): void
  tryNow(): void
  /** The reader changed something on the page: it must be drawn again. */
  changed(): void
}

/** The page after signing in. */
export class LivePage {
  private readonly link = new LinkBadge()
  private readonly demo = element('span', { class: 'demo-mark' }, 'DEMO')
  private readonly signOut = element('button', { type: 'button', class: 'quiet' }, 'Sign out')
  private readonly notices = new Notices()
  private readonly sources = new SourceStrip()
  private readonly installation = element('p', { class: 'installation' })
  private readonly logs: LogPanel
  private readonly alerts: AlertPanel
  private readonly problem: ProblemPanel
  private readonly announcer = new Announcer()
  readonly element: HTMLElement
  private last: SessionState | null = null

  constructor(listener: LivePageListener) {
    this.logs = new LogPanel(listener.changed)
    this.alerts = new AlertPanel(listener.changed)
    this.problem = new ProblemPanel(listener.tryNow)
    this.signOut.addEventListener('click', listener.signOut)
    const top = element('header', { class: 'top' }, brand(), this.demo, this.link.element, this.signOut)
    const panels = element('main', {}, this.problem.element, this.alerts.element, this.logs.element)
    const about = element('footer', {}, this.installation)
    this.element = element(
      'div',
      { class: 'live' },
      top,
      this.notices.element,
      this.sources.element,
      panels,
      about,
      this.announcer.element,
    )
  }

  render(state: SessionState, now: number, isOnline: boolean): void {
    this.link.render(state.link, now)
    this.notices.render(state, isOnline)
    this.sources.render(state.health, state.healthAt, now)
    this.problem.render(state.isLoaded ? null : state.problem)
    this.alerts.render(state, now)
    this.logs.render(state, now)
    show(this.demo, state.health?.demo === true)
    setText(this.installation, state.health ? installationWords(state.health) : '')
    this.announce(state)
    document.title = titleOf(state)
    this.last = state
  }

  togglePause(): void {
    this.logs.togglePause()
  }

  private announce(state: SessionState): void {
    const before = this.last
    if (!before?.isLoaded) return
    const known = new Set(before.feed.alerts.map(({ id }) => id))
    const opened = state.feed.alerts.filter(({ id }) => !known.has(id))
    if (opened[0])
      this.announcer.say(
        opened.length === 1 ? `New alert: ${opened[0].ruleName}` : `${opened.length} new alerts`,
      )
    else if (before.link.phase !== state.link.phase)
      this.announcer.say(state.link.phase === 'live' ? 'Live again' : 'Connection lost, reconnecting')
    else if (!before.link.caughtUp && state.link.caughtUp)
      this.announcer.say(`Caught up ${state.link.caughtUp.count} events`)
  }
}

function titleOf({ feed, link }: SessionState): string {
  const firing = feed.alerts.filter(({ state }) => state === 'FIRING').length
  const mark = link.phase === 'cut' ? '⚠ ' : firing > 0 ? `(${firing}) ` : ''
  return `${mark}GiftPulse`
}
