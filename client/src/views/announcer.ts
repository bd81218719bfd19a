import { element } from './element.js'

const AT_MOST_EVERY_MS = 4_000

/** Tells screen readers the few things worth interrupting for, never each log: the newest text wins, every few seconds at most. */
export class Announcer {
  readonly element = element('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' })
  private waiting: string | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  say(text: string): void {
    this.waiting = text
    if (this.timer === undefined) this.speak()
  }

  private speak(): void {
    this.timer = undefined
    if (this.waiting === null) return
    this.element.textContent = this.waiting
    this.waiting = null
    this.timer = setTimeout(() => this.speak(), AT_MOST_EVERY_MS)
  }
}
