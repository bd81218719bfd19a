import type { Log } from './log.js'
import { rowTone } from './look.js'

/** What came since it was last told. */
export interface News {
  /** New logs. */
  readonly count: number
  /** Logs that are errors, new ones and such as became one. */
  readonly errors: number
  /** The last of the new ones, oldest first. */
  readonly last: readonly Log[]
}

/** So long nothing more is told: what is read out must come to its end, and leave time for other things. */
const CALM_MS = 10_000
/** So many logs can be read out in that time. */
const MOST = 3

/** Sums up a stream of logs for ears, which cannot skip a line. Times in milliseconds of one clock, passed in. */
export class LogNews {
  private count = 0
  private readonly errors = new Set<string>()
  private last: Log[] = []

  /** @param toldAt nothing is told before the calm after it is over */
  constructor(private toldAt: number) {}

  /** Begins anew: what came and was not told is forgotten. */
  begin(now: number): void {
    this.toldAt = now
    this.count = 0
    this.errors.clear()
    this.last = []
  }

  /** @param before what was known of the log; undefined where nothing was */
  added(log: Log, before?: Log): void {
    this.count += 1
    this.last = [...this.last, log].slice(-MOST)
    this.changed(log, before)
  }

  /** @param before what was known of the log: what was an error already does not become one */
  changed(log: Log, before?: Log): void {
    if (isError(log) && !(before && isError(before))) this.errors.add(log.id)
  }

  /** What is to be told now; null where nothing came, or something was told a moment ago. */
  tell(now: number): News | null {
    if (now - this.toldAt < CALM_MS || (this.count === 0 && this.errors.size === 0)) return null
    const news = { count: this.count, errors: this.errors.size, last: this.last }
    this.begin(now)
    return news
  }
}

function isError(log: Log): boolean {
  return rowTone(log) === 'bad'
}
