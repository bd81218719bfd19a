import { setTimeout as sleep } from 'node:timers/promises'
import { keepLease, PollCutShort } from './lease.js'
import { sourceNames, type SourceName } from './log.js'
import { PollJournal, type PollLogger } from './poll-journal.js'
import { pauseAfter } from './poll-pause.js'
import { PollRun, type PollParts } from './poll-run.js'
import { CLAIMS_PER_ACCOUNT, type PollClaim } from './poll-store.js'
import type { Tally } from './storing.js'
import { createTurns } from './turns.js'
import { TwilioReadError } from './twilio-read-error.js'

export interface PollerOptions extends PollParts {
  readonly logger: PollLogger
  /** Milliseconds that never go back, by which it is told how long a poll took: a clock may be set meanwhile. */
  readonly stopwatch?: () => number
  /** A poll has ended after so many milliseconds. */
  readonly onPolled?: (source: SourceName, outcome: PollOutcome, durationMs: number) => void
}

/**
 * How a poll ended: `not-due` (or being read by somebody else), `polled`, `failed` (recorded for `health`), or `cut-short` by
 * shutdown or the loss of its lease. Whatever was read before the end is stored in every case.
 */
export type PollOutcome =
  { readonly kind: 'not-due' } | ({ readonly kind: 'polled' | 'failed' | 'cut-short' } & Tally)

export interface Poller {
  /**
   * Polls one source if it is due; with `force` now, after a poll that is under way. Rejects only when the store cannot be
   * asked whether it is due.
   */
  poll(source: SourceName, options: { readonly force: boolean }): Promise<PollOutcome>
  /** Polls every source now. One that fails counts for what it stored and keeps no other from being read. */
  pollAll(): Promise<Tally>
  /** Cuts running polls short and waits for them; nothing is polled afterwards. */
  stop(): Promise<void>
}

/** How often a forced poll looks whether the lease it waits for is free. */
const LEASE_WAIT_MS = 200

/** Polls the three lists of one account, each by itself: when, one at a time, and what follows from how it went. */
export function createPoller(options: PollerOptions): Poller {
  const polls = new AccountPoller(options)
  return {
    poll: (source, { force }) => (force ? polls.pollNow(source) : polls.pollIfDue(source)),
    pollAll: async () => {
      const outcomes = await Promise.allSettled(sourceNames.map((source) => polls.pollNow(source)))
      return summed(outcomes)
    },
    stop: () => polls.stop(),
  }
}

class AccountPoller {
  private readonly stopping = new AbortController()
  // Two at a time here as in the store: the third source waits for its turn instead of finding no lease free.
  private readonly turns = createTurns(CLAIMS_PER_ACCOUNT)
  private readonly running = new Set<Promise<unknown>>()
  private readonly polling = new Map<SourceName, number>()
  /** Forced polls that have not begun: whoever asks now is served by the same one. */
  private readonly wanted = new Map<SourceName, Promise<PollOutcome>>()
  private readonly journal: PollJournal

  constructor(private readonly options: PollerOptions) {
    this.journal = new PollJournal(options.account.accountSid, options.logger)
  }

  async pollIfDue(source: SourceName): Promise<PollOutcome> {
    // A scheduler that ticks faster than a sweep must not pile up polls.
    if (this.polling.get(source)) return { kind: 'not-due' }
    return this.track(source, () => {
      const { account, store } = this.options
      return store.claim(account.accountSid, source, { force: false })
    })
  }

  pollNow(source: SourceName): Promise<PollOutcome> {
    const wanted = this.wanted.get(source)
    if (wanted) return wanted
    const outcome = this.track(source, () => this.forcedClaim(source))
    this.wanted.set(source, outcome)
    return outcome
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await Promise.allSettled(this.running)
  }

  private async track(source: SourceName, claim: () => Promise<PollClaim | null>): Promise<PollOutcome> {
    this.polling.set(source, (this.polling.get(source) ?? 0) + 1)
    const outcome = this.turns(async () => {
      if (this.stopping.signal.aborted) return cutShort
      const claimed = await claim()
      if (claimed) return this.measured(claimed)
      return this.stopping.signal.aborted ? cutShort : ({ kind: 'not-due' } as const)
    })
    this.running.add(outcome)
    return outcome.finally(() => {
      this.running.delete(outcome)
      this.polling.set(source, (this.polling.get(source) ?? 1) - 1)
    })
  }

  private async forcedClaim(source: SourceName): Promise<PollClaim | null> {
    const { account, store } = this.options
    try {
      while (!this.stopping.signal.aborted) {
        const claim = await store.claim(account.accountSid, source, { force: true })
        if (claim) return claim
        await sleep(LEASE_WAIT_MS)
      }
      return null
    } finally {
      this.wanted.delete(source)
    }
  }

  private async measured(claim: PollClaim): Promise<PollOutcome> {
    const begunAt = performance.now()
    const outcome = await this.poll(claim)
    this.options.onPolled?.(claim.source, outcome, performance.now() - begunAt)
    return outcome
  }

  private async poll(claim: PollClaim): Promise<PollOutcome> {
    const { store, settings, stopwatch = () => performance.now() } = this.options
    const begunAt = stopwatch()
    const lease = keepLease(() => store.renew(claim), this.stopping.signal)
    const run = new PollRun(claim, this.options, lease.signal, (twilioSid, reason) =>
      this.journal.setAside(claim.source, twilioSid, reason),
    )
    try {
      const sweepStartedAt = await run.read()
      const nextPollAt = new Date(claim.dbNow.getTime() + settings.intervalSeconds * 1_000)
      await store.succeed(claim, { sweepStartedAt, nextPollAt })
      this.journal.recovered(claim.source, claim.cursor.failures)
      if (run.missedFor) this.journal.missed(claim.source, run.missedFor)
      return { kind: 'polled', ...run.tally }
    } catch (error) {
      const elapsedMs = stopwatch() - begunAt
      await this.recordEnd(claim, run, error, elapsedMs).catch((thrown: unknown) => {
        this.journal.unrecorded(claim.source, thrown)
      })
      return { kind: error instanceof PollCutShort ? 'cut-short' : 'failed', ...run.tally }
    } finally {
      lease.end()
    }
  }

  private async recordEnd(claim: PollClaim, run: PollRun, error: unknown, elapsedMs: number): Promise<void> {
    const { store, settings } = this.options
    if (error instanceof PollCutShort) return store.release(claim)
    const failures = claim.cursor.failures + 1
    const pauseMs = pauseAfter(error, failures, settings.intervalSeconds)
    this.journal.failed(claim.source, error, failures, pauseMs)
    return store.fail(claim, {
      error: error instanceof TwilioReadError ? error.message : 'What Twilio answered could not be stored.',
      kind: error instanceof TwilioReadError ? error.kind : null,
      failures,
      nextPollAt: new Date(claim.dbNow.getTime() + elapsedMs + pauseMs),
      sweepStartedAt: run.sweepStartedAt,
    })
  }
}

const cutShort: PollOutcome = { kind: 'cut-short', stored: 0, changed: 0 }

function summed(outcomes: readonly PromiseSettledResult<PollOutcome>[]): Tally {
  const polls = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' && outcome.value.kind !== 'not-due' ? [outcome.value] : [],
  )
  return {
    stored: polls.reduce((sum, { stored }) => sum + stored, 0),
    changed: polls.reduce((sum, { changed }) => sum + changed, 0),
  }
}
