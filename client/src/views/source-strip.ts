import type { Health, SourceHealth } from '../records.js'
import { ago } from '../relative-time.js'
import { element } from './element.js'
import { icon } from './icon.js'

/** Every polled list: when it was last read to the end, and what is wrong with it. */
export class SourceStrip {
  private readonly list = element('ul', { class: 'sources', 'aria-label': 'Sources' })
  readonly element = this.list
  private shown = ''

  /** `healthAt`: when the health was told; its lags are of that moment. Both times in milliseconds. */
  render(health: Health | null, healthAt: number, now: number): void {
    const sources = health?.sources ?? []
    const hasMany = new Set(sources.map(({ accountSid }) => accountSid)).size > 1
    const lines = sources.map((source) => lineOf(source, (now - healthAt) / 1_000, hasMany))
    const text = JSON.stringify([health !== null, lines])
    if (text === this.shown) return
    this.shown = text
    this.list.replaceChildren(...(health && lines.length === 0 ? [nothing()] : lines.map(item)))
  }
}

function nothing(): HTMLElement {
  return element('li', { class: 'source tone-warn' }, icon('warning'), 'No source is polled yet.')
}

interface Line {
  readonly name: string
  readonly read: string
  readonly lastSuccessAt: string | null
  readonly error: string | null
}

function lineOf(source: SourceHealth, sinceTold: number, hasMany: boolean): Line {
  const { lagSeconds, lastSuccessAt, error } = source
  const name = hasMany ? `${source.source} …${source.accountSid.slice(-4)}` : source.source
  // A source is read every few seconds or minutes: exact seconds would only make the line restless.
  const read = lagSeconds === null ? 'not read yet' : `read ${ago(calm(lagSeconds + sinceTold))}`
  return { name, read, lastSuccessAt, error }
}

function calm(seconds: number): number {
  return seconds < 60 ? Math.floor(seconds / 5) * 5 : seconds
}

function item({ name, read, lastSuccessAt, error }: Line): HTMLElement {
  const when =
    lastSuccessAt === null ? element('span', {}, read) : element('time', { datetime: lastSuccessAt }, read)
  const problem = error === null ? null : element('span', { class: 'problem' }, error)
  const tone = error === null ? (lastSuccessAt === null ? 'idle' : 'good') : 'bad'
  const mark = icon(error === null ? (lastSuccessAt === null ? 'clock' : 'check') : 'cross')
  return element(
    'li',
    { class: `source tone-${tone}` },
    mark,
    element('strong', {}, name),
    ' ',
    when,
    problem,
  )
}
