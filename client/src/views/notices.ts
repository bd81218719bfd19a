import { demoNotice, otherMessages } from '../health-words.js'
import type { SessionState } from '../session.js'
import { element, setText, show } from './element.js'
import { icon } from './icon.js'

/** What the reader must know before believing the rest: demo, no network, a gap, what the server says of itself. */
export class Notices {
  private readonly demo = element('p', { class: 'notice demo' })
  private readonly offline = element('p', { class: 'notice offline', role: 'status' })
  private readonly gap = element('p', { class: 'notice gap', role: 'status' })
  private readonly messages = element('ul', { class: 'notice messages', 'aria-label': 'Messages' })
  readonly element = element('div', { class: 'notices' }, this.offline, this.demo, this.gap, this.messages)
  private shown = ''

  render({ health, hasGap }: SessionState, isOnline: boolean): void {
    show(this.offline, !isOnline)
    setText(this.offline, isOnline ? '' : 'This device is offline. What you see is the last that was heard.')
    show(this.gap, hasGap)
    setText(
      this.gap,
      hasGap ? 'The cut was too long to make up for: the lists began anew, with a gap before them.' : '',
    )
    const demo = health && demoNotice(health)
    show(this.demo, demo !== null)
    this.renderDemo(demo)
    this.renderMessages(health ? otherMessages(health) : [])
  }

  private renderDemo(text: string | null): void {
    if (text === null || this.demo.dataset['text'] === text) return
    this.demo.dataset['text'] = text
    this.demo.replaceChildren(element('strong', {}, 'DEMO'), ' ', text)
  }

  private renderMessages(messages: readonly string[]): void {
    show(this.messages, messages.length > 0)
    const text = JSON.stringify(messages)
    if (text === this.shown) return
    this.shown = text
    this.messages.replaceChildren(
      ...messages.map((message) => element('li', {}, icon('info'), element('span', {}, message))),
    )
  }
}
