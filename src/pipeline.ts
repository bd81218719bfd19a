import type { Dispatcher } from './actions/dispatcher.js'
import type { Judge, Report } from './alerts/judge.js'
import type { Ingest } from './ingest/ingest.js'
import type { Sighting, Unreadable } from './sources/log.js'

export interface PipelineParts {
  readonly ingest: Ingest
  readonly judge: Judge
  /** Null in a process that does not deliver. */
  readonly dispatcher: Dispatcher | null
  /** Wakes whoever delivers, in another process. */
  readonly wakeDeliverers: () => void
  /** Tells every process how far the feed goes. */
  readonly publish: (upTo: number) => void
  readonly onError: (error: unknown) => void
  /** All that was stored is judged, after so many milliseconds. */
  readonly onJudged?: (durationMs: number) => void
}

/**
 * New statuses that may wait to be judged before lists are read on, some pages of records. Reading and judging share one event loop: in a
 * storm a reader that runs ahead leaves the judge so little of it that what was stored first waits for minutes.
 */
const MOST_WAITING = 3_000

/**
 * How a log becomes an alert that reaches somebody:
 *
 *     a source sees records      sources/poller.ts          `sourceSaw`
 *     or Twilio pushes them      inbox/inbox.ts             stored before they are answered, then the same way: `sourceSaw`
 *     they are stored            ingest/ingest.ts           new logs and changes become transitions
 *     they are judged            alerts/judge.ts            rules/evaluate.ts says what it finds, alerts/decide.ts what follows
 *     what is owed is sent       actions/dispatcher.ts      by the handlers in actions/
 *     who watches is told        events/feed-tail.ts        the feed's positions go to every subscription
 *
 * Each step is finished in Postgres before the next one is woken, and each is found again by the sweep if nobody wakes it. A list is read
 * no faster than what it brings is judged (`judgedSoFar`).
 */
export class Pipeline {
  private judging: Promise<void> | null = null
  private judgeAgain = false
  private readonly stopping = new AbortController()
  /** What lists gave this process and is not judged; what others judge, or webhooks brought, only makes it less. */
  private waiting = 0
  private readonly readers: (() => void)[] = []

  constructor(private readonly parts: PipelineParts) {}

  /** Stores what a source saw and wakes the judge. Resolves once it is stored. */
  async sourceSaw(
    sightings: readonly Sighting[],
    unreadable: readonly Unreadable[],
    origin: { readonly backfillBefore: Date | null },
  ): Promise<{ stored: number; changed: number }> {
    const result = await this.parts.ingest(sightings, unreadable, { backfillBefore: origin.backfillBefore })
    if (result.stored + result.changed > 0) this.judgeSoon()
    return result
  }

  /** The same for a page of a list, which the next page is to wait for. */
  async listGave(...seen: Parameters<Pipeline['sourceSaw']>): Promise<{ stored: number; changed: number }> {
    const result = await this.sourceSaw(...seen)
    if (this.judging) this.waiting += result.stored + result.changed
    return result
  }

  /**
   * Resolves when so little of what lists gave waits to be judged that more may be read; at once where judging fails, since nothing may be
   * lost of that, and where `signal` ends the wait.
   */
  judgedSoFar(signal: AbortSignal): Promise<void> {
    if (this.judging === null || this.waiting <= MOST_WAITING || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const readOn = () => {
        signal.removeEventListener('abort', readOn)
        resolve()
      }
      signal.addEventListener('abort', readOn)
      this.readers.push(readOn)
    })
  }

  /** Judges what is stored; resolves when nothing is left. */
  judgeStored(): Promise<void> {
    this.judgeAgain = true
    this.judging ??= this.runJudge()
    return this.judging
  }

  judgeSoon(): void {
    this.judgeStored().catch(this.parts.onError)
  }

  /** A batch was judged and committed: what it owes is sent, who watches is told. */
  judged({ judged, upTo, owed }: Report): void {
    this.waiting = Math.max(0, this.waiting - judged)
    if (this.waiting <= MOST_WAITING) this.readOn()
    this.parts.publish(upTo)
    if (owed > 0) this.deliverSoon()
  }

  deliverSoon(): void {
    const { dispatcher, wakeDeliverers, onError } = this.parts
    if (dispatcher) dispatcher.wake().catch(onError)
    else wakeDeliverers()
  }

  /** Judges no further batch and waits for the one that is being judged. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.judging?.catch(() => undefined)
  }

  private async runJudge(): Promise<void> {
    const { signal } = this.stopping
    try {
      while (this.judgeAgain && !signal.aborted) {
        this.judgeAgain = false
        const begunAt = performance.now()
        const judged = await this.parts.judge.judgeAll(signal)
        if (judged > 0) this.parts.onJudged?.(performance.now() - begunAt)
      }
    } finally {
      // At once after the last look, so that nobody joins a run that has already ended.
      this.judging = null
      this.waiting = 0
      this.readOn()
    }
  }

  private readOn(): void {
    for (const resolve of this.readers.splice(0)) resolve()
  }
}
