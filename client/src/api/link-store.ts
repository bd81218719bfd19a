import { linkAfter, type LinkChange, type LinkState, newLink } from './link-state.js'

/** The state of the link, for whoever watches it. It ticks by itself between `start` and `stop`. */
export class LinkStore {
  private link: LinkState = newLink
  private readonly watchers = new Set<() => void>()
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(private readonly now: () => number) {}

  start(): void {
    this.timer = setInterval(() => this.change('tick'), 1_000)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  readonly read = (): LinkState => this.link

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  change(change: LinkChange): void {
    const link = linkAfter(this.link, change, this.now())
    if (link === this.link) return
    // At hundreds of events a second only a new phase, catch-up or refusal is worth drawing; the rest is read when it is needed.
    const { phase, caughtUp, refusal } = this.link
    const isNews = link.phase !== phase || link.caughtUp !== caughtUp || link.refusal !== refusal
    this.link = link
    if (isNews) for (const watcher of this.watchers) watcher()
  }
}
