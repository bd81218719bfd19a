import { LOG_LIMIT } from '../feed-state.js'
import { type Frozen, newSince } from '../pause-state.js'
import type { Log } from '../records.js'
import type { SessionState } from '../session.js'
import { element, setText, show } from './element.js'
import { KeyedList } from './keyed-list.js'
import { logRow } from './log-row.js'
import { skeleton } from './skeleton.js'

/** The most new rows at once that light up. */
const CALM = 8

/** The logs, newest first, with a pause for reading. */
export class LogPanel {
  private readonly count = element('span', { class: 'count' })
  private readonly pauseWords = element('span')
  private readonly pauseButton = element(
    'button',
    { type: 'button', class: 'pause', 'aria-keyshortcuts': 'Space' },
    this.pauseWords,
    element('kbd', {}, 'Space'),
  )
  private readonly list = new KeyedList(element('ol', { class: 'logs' }), () => logRow(this.isCalm))
  private readonly empty = emptyLogs()
  private readonly skeleton = skeleton('log', 9)
  // A screen reader would drown in a live log: what matters is announced, the list is read at will.
  private readonly feed = element(
    'div',
    { class: 'scroll', role: 'log', 'aria-live': 'off', 'aria-label': 'Logs', tabindex: '0' },
    this.skeleton,
    this.empty,
    this.list.element,
  )
  readonly element = element(
    'section',
    { class: 'panel log-panel', 'aria-labelledby': 'logs-title' },
    element('header', {}, element('h2', { id: 'logs-title' }, 'Logs'), this.count, this.pauseButton),
    this.feed,
  )
  private frozen: Frozen = null
  private rows: readonly Log[] | null = null
  /** Whether a new row lights up: not on the first page, and not in a burst, where it would only cost frames. */
  private isCalm = false
  private state: SessionState | null = null

  constructor(private readonly changed: () => void) {
    this.pauseButton.addEventListener('click', () => this.togglePause())
  }

  togglePause(): void {
    this.frozen = this.frozen ? null : (this.state?.feed.logs ?? [])
    this.changed()
  }

  render(state: SessionState, now: number): void {
    this.state = state
    const { logs } = state.feed
    const rows = this.frozen ?? logs
    this.isCalm = this.rows !== null && newSince(this.rows, rows) <= CALM
    this.rows = state.isLoaded ? rows : null
    this.list.render(rows, now)
    show(this.skeleton, !state.isLoaded)
    show(this.empty, state.isLoaded && logs.length === 0)
    setText(
      this.count,
      logs.length === 0 ? '' : logs.length === LOG_LIMIT ? `newest ${LOG_LIMIT}` : String(logs.length),
    )
    this.renderPause(newSince(this.frozen, logs))
  }

  private renderPause(waiting: number): void {
    const isPaused = this.frozen !== null
    this.element.classList.toggle('paused', isPaused)
    setText(this.pauseWords, isPaused ? `Resume, ${waiting} new` : 'Pause')
  }
}

function emptyLogs(): HTMLElement {
  return element(
    'div',
    { class: 'empty' },
    element('h3', {}, 'No logs yet'),
    element(
      'p',
      {},
      'A log appears as soon as a source reads one from Twilio. Look at the sources above: one that has not been read yet is on its way, one in red says what is wrong, and where there is none the server has no Twilio account to watch.',
    ),
  )
}
