/** How long work goes on before others get their turn, in milliseconds. */
const SLICE_MS = 20

/** Keeps long work from holding up everybody else: says when it is time for a rest, and how long the work has gone on. */
export class Pace {
  private readonly begunAt: number
  private restedAt: number

  /**
   * @param breathe gives others their turn.
   * @param clock milliseconds that never go back.
   */
  constructor(
    private readonly breathe: () => Promise<unknown>,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.begunAt = this.restedAt = clock()
  }

  get elapsedMs(): number {
    return this.clock() - this.begunAt
  }

  /** Asked between any two steps: `if (pace.isRestDue()) await pace.rest()` costs next to nothing where it is not. */
  isRestDue(): boolean {
    return this.clock() - this.restedAt >= SLICE_MS
  }

  async rest(): Promise<void> {
    await this.breathe()
    this.restedAt = this.clock()
  }

  /** What the steps come to, with rests between them where they are due. */
  async through<Result>(steps: Generator<void, Result>): Promise<Result> {
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
      if (this.isRestDue()) await this.rest()
    }
  }
}
