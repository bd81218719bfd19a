import type { Log } from './log.js'

/** The most that is kept: a page that stays open for weeks must not grow. */
const TAIL_LIMIT = 50_000

/** What is shown of the tail. */
export interface TailView {
  /** Newest first by their own time, then by id, as the API pages them. */
  readonly rows: readonly Log[]
  /** How many logs came that are not shown: since it is held still, or so shortly before that they were not drawn; 0 while it moves. */
  readonly waiting: number
}

/**
 * The newest logs as the feeds tell of them. It takes hundreds of events a second: rows are put in their place in a list
 * that is only copied when somebody draws it, and `redraw` is asked for once, however many events came since.
 */
export class LogTail {
  private rows: Log[] = []
  private readonly known = new Map<string, Log>()
  private held: readonly Log[] | null = null
  /** How many logs came since all of them were drawn. */
  private unseen = 0
  private view: TailView = { rows: [], waiting: 0 }
  private isDrawn = true
  private readonly watchers = new Set<() => void>()

  constructor(
    /** Calls back when it is time to draw again. */
    private readonly schedule: (draw: () => void) => void,
    private readonly limit = TAIL_LIMIT,
  ) {}

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  readonly read = (): TailView => this.view

  /** Begins anew with the logs of a page; where it is held still, with these. */
  start(logs: readonly Log[]): void {
    const isHeld = this.held !== null
    this.rows = []
    this.known.clear()
    this.held = null
    // It is drawn below, all at once.
    this.isDrawn = false
    for (const log of logs) this.put(log)
    if (isHeld) this.held = this.rows.slice()
    this.unseen = 0
    this.draw()
  }

  /** Adds a log, or takes over a newer version of a known one. */
  put(log: Log): void {
    const known = this.known.get(log.id)
    if (known && known.updatedAt >= log.updatedAt) return
    if (known?.timestamp === log.timestamp) {
      this.rows[this.placeOf(known)] = log
      this.known.set(log.id, log)
    } else {
      // The time of a log that came by a webhook is settled once its record is read: it moves.
      if (known) this.take(known)
      if (!this.insert(log) && !known) return
    }
    if (!known) this.unseen += 1
    this.changed()
  }

  /** A log as it is known by now; undefined where it is not among those that are kept. */
  find(id: string): Log | undefined {
    return this.known.get(id)
  }

  /** So many of the newest, as they are now, also while others are held still. */
  newest(count: number): readonly Log[] {
    return this.rows.slice(0, count)
  }

  /** Takes a log away that the reader's filter no longer lets through; it stays where a newer version has come meanwhile. */
  remove(log: Log): void {
    if (this.known.get(log.id) !== log) return
    this.take(log)
    this.changed()
  }

  /** Holds still what is shown, or lets it move again. What comes meanwhile is kept. */
  hold(isHeld: boolean): void {
    if (isHeld === (this.held !== null)) return
    this.held = isHeld ? this.view.rows : null
    this.draw()
  }

  private take(log: Log): void {
    this.rows.splice(this.placeOf(log), 1)
    this.known.delete(log.id)
  }

  private insert(log: Log): boolean {
    const place = this.placeOf(log)
    if (place >= this.limit) return false
    this.rows.splice(place, 0, log)
    this.known.set(log.id, log)
    const dropped = this.rows.length > this.limit ? this.rows.pop() : undefined
    if (dropped) this.known.delete(dropped.id)
    return true
  }

  /** Where the log stands, or would stand: the first place whose log is not newer. */
  private placeOf(log: Log): number {
    let [from, to] = [0, this.rows.length]
    while (from < to) {
      const middle = (from + to) >> 1
      const other = this.rows[middle]
      if (other && isNewer(other, log)) from = middle + 1
      else to = middle
    }
    return from
  }

  private changed(): void {
    if (!this.isDrawn) return
    this.isDrawn = false
    this.schedule(() => this.draw())
  }

  private draw(): void {
    this.isDrawn = true
    if (!this.held) this.unseen = 0
    this.view = { rows: this.held ?? this.rows.slice(), waiting: this.unseen }
    for (const watcher of this.watchers) watcher()
  }
}

function isNewer(one: Log, other: Log): boolean {
  return one.timestamp > other.timestamp || (one.timestamp === other.timestamp && one.id > other.id)
}
