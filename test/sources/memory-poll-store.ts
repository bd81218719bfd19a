import { randomUUID } from 'node:crypto'
import type { SourceName } from '../../src/sources/log.js'
import {
  CLAIMS_PER_ACCOUNT,
  LEASE_SECONDS,
  type PollClaim,
  type PollCursor,
  type PollFailure,
  type PollStore,
} from '../../src/sources/poll-store.js'

interface Row {
  cursor: PollCursor
  error: string | null
  nextPollAt: Date
  lease: { readonly token: string; until: number } | null
}

/** A PollStore in memory, with what the test looks at in the open. Several pollers may share one. */
export class MemoryPollStore implements PollStore {
  readonly #rows = new Map<SourceName, Row>()
  readonly settled: string[] = []
  /** SIDs due to be read again, of whichever source asks. */
  readonly due = new Map<SourceName, string[]>()
  renewals: 'granted' | 'refused' = 'granted'
  /** The most leases that were ever live together. */
  peakLeases = 0

  constructor(private readonly clock: () => Date) {}

  row(source: SourceName): Row {
    const known = this.#rows.get(source)
    if (known) return known
    const cursor = { firstReadAt: null, firstSweepDone: false, lastSweepStartedAt: null, failures: 0 }
    const row: Row = { cursor, error: null, nextPollAt: new Date(0), lease: null }
    this.#rows.set(source, row)
    return row
  }

  async claim(
    accountSid: string,
    source: SourceName,
    { force }: { force: boolean },
  ): Promise<PollClaim | null> {
    const row = this.row(source)
    const now = this.clock()
    const live = [...this.#rows.values()].filter(({ lease }) => lease && lease.until > now.getTime())
    if (live.includes(row) || live.length >= CLAIMS_PER_ACCOUNT) return null
    if (!force && row.nextPollAt > now) return null
    const token = randomUUID()
    row.lease = { token, until: now.getTime() + LEASE_SECONDS * 1_000 }
    this.peakLeases = Math.max(this.peakLeases, live.length + 1)
    return { accountSid, source, token, cursor: row.cursor, dbNow: now }
  }

  async renew(claim: PollClaim): Promise<boolean> {
    const row = this.row(claim.source)
    if (this.renewals === 'refused' || row.lease?.token !== claim.token) return false
    row.lease.until = this.clock().getTime() + LEASE_SECONDS * 1_000
    return true
  }

  async noteFirstRead(claim: PollClaim, at: Date | null): Promise<void> {
    const row = this.row(claim.source)
    row.cursor = { ...row.cursor, firstReadAt: at }
  }

  async succeed(claim: PollClaim, result: { sweepStartedAt: Date; nextPollAt: Date }): Promise<void> {
    const { sweepStartedAt, nextPollAt } = result
    this.#end(
      claim,
      { failures: 0, firstSweepDone: true, lastSweepStartedAt: sweepStartedAt },
      null,
      nextPollAt,
    )
  }

  async fail(claim: PollClaim, { error, failures, nextPollAt, sweepStartedAt }: PollFailure): Promise<void> {
    const swept = sweepStartedAt ? { firstSweepDone: true, lastSweepStartedAt: sweepStartedAt } : {}
    this.#end(claim, { failures, ...swept }, error, nextPollAt)
  }

  async release(claim: PollClaim): Promise<void> {
    const row = this.row(claim.source)
    this.#end(claim, {}, row.error, row.nextPollAt)
  }

  async unfinished(_accountSid: string, source: SourceName, limit: number) {
    return (this.due.get(source) ?? []).slice(0, limit).map((twilioSid) => ({ twilioSid }))
  }

  async settle(_accountSid: string, twilioSids: readonly string[]): Promise<void> {
    this.settled.push(...twilioSids)
  }

  /** How long the source rests from `now` on, in seconds. */
  restOf(source: SourceName, now: Date): number {
    return (this.row(source).nextPollAt.getTime() - now.getTime()) / 1_000
  }

  #end(claim: PollClaim, cursor: Partial<PollCursor>, error: string | null, nextPollAt: Date): void {
    const row = this.row(claim.source)
    if (row.lease?.token !== claim.token) return
    row.cursor = { ...row.cursor, ...cursor }
    row.error = error
    row.nextPollAt = nextPollAt
    row.lease = null
  }
}
