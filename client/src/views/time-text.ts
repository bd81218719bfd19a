import { ago } from '../relative-time.js'
import { element, setText } from './element.js'

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })

/** A `<time>`: the clock of the reader, how long ago, and the whole date as its title. */
export class TimeText {
  private readonly clock = element('span', { class: 'clock' })
  private readonly ago = element('span', { class: 'ago' })
  readonly element = element('time', {}, this.clock, ' ', this.ago)
  private at = 0

  set(iso: string): void {
    this.at = Date.parse(iso)
    this.element.dateTime = iso
    this.element.title = full.format(this.at)
  }

  tick(now: number): void {
    const isOld = now - this.at > 20 * 3_600_000
    setText(this.clock, isOld ? `${day.format(this.at)}, ${clock.format(this.at)}` : clock.format(this.at))
    setText(this.ago, ago((now - this.at) / 1_000))
  }
}
