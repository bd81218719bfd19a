/** Work that is asked for in storms: done at once, then again as often as its pause lets it, and never twice at the same time. */
export class Rarely {
  private isWanted = false
  private isRunning = false
  private isStopped = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly work: () => Promise<unknown>,
    /** Between the end of one and the beginning of the next, in milliseconds. */
    private readonly pauseMs: number,
  ) {}

  /** What is asked for while it runs or pauses is done afterwards, once. */
  ask(): void {
    this.isWanted = true
    if (!this.isRunning && this.timer === undefined) void this.run()
  }

  stop(): void {
    this.isStopped = true
    clearTimeout(this.timer)
  }

  private async run(): Promise<void> {
    this.isWanted = false
    this.isRunning = true
    await this.work()
    this.isRunning = false
    if (this.isStopped) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      if (this.isWanted) void this.run()
    }, this.pauseMs)
  }
}
