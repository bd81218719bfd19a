import { randomUUID } from 'node:crypto'
import { nextReadAt } from '../../src/sources/life-cycle.js'
import { LogType, type Sighting, type SourceName } from '../../src/sources/log.js'
import {
  CLAIMS_PER_ACCOUNT,
  LEASE_SECONDS,
  type PollClaim,
  type PollCursor,
  type PollFailure,
  type PollStore,
  type Postponed,
  type Suspects,
  type Unfinished,
} from '../../src/sources/poll-store.js'

interface Row {
  cursor: PollCursor
  error: string | null
  nextPollAt: Date
  lease: { readonly token: string; until: number } | null
  inHand: readonly string[]
}

type Awaited = Unfinished & { readonly nextReadAt: Date }

/** What a store says of data that it can never take. */
export class RefusedData extends Error {}

/** A PollStore in memory, with what the test looks at in the open. Several pollers may share one. */
export class MemoryPollStore implements PollStore {
  readonly #rows = new Map<SourceName, Row>()
  readonly settled: string[] = []
  readonly #awaited = new Map<string, Awaited>()
  renewals: 'granted' | 'refused' = 'granted'
  /** The most leases that were ever live together. */
  peakLeases = 0

  constructor(private readonly clock: () => Date) {}

  row(source: SourceName): Row {
    const known = this.#rows.get(source)
    if (known) return known
    const cursor = {
      firstReadAt: null,
      firstSweepDone: false,
      lastSweepStartedAt: null,
      failures: 0,
      deaths: 0,
      suspects: {},
      setAside: [],
    }
    const row: Row = { cursor, error: null, nextPollAt: new Date(0), lease: null, inHand: [] }
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
    if (row.lease) {
      const { deaths, suspects } = row.cursor
      const alone = row.inHand.length === 1 ? 1 : 0
      const met = row.inHand.map((sid) => [sid, (suspects[sid] ?? 0) + alone])
      row.cursor = {
        ...row.cursor,
        deaths: deaths + 1,
        suspects: { ...suspects, ...(Object.fromEntries(met) as Suspects) },
      }
      row.inHand = []
    }
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

  async noteInHand({ source }: PollClaim, inHand: readonly string[], suspects: Suspects): Promise<void> {
    const row = this.row(source)
    row.inHand = inHand
    row.cursor = { ...row.cursor, suspects }
  }

  async setAside({ source }: PollClaim, twilioSid: string): Promise<void> {
    const row = this.row(source)
    row.cursor = { ...row.cursor, setAside: [...row.cursor.setAside, twilioSid] }
  }

  refusesData(failure: unknown): boolean {
    return failure instanceof RefusedData
  }

  async succeed(claim: PollClaim, result: { sweepStartedAt: Date; nextPollAt: Date }): Promise<void> {
    const { sweepStartedAt, nextPollAt } = result
    this.#end(
      claim,
      { failures: 0, deaths: 0, suspects: {}, firstSweepDone: true, lastSweepStartedAt: sweepStartedAt },
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

  /** Sent messages that are due to be read again, the first of them longest, `hours` after they were sent. */
  awaitMessages(twilioSids: readonly string[], hours = 30): void {
    const now = this.clock().getTime()
    const sent = new Date(now - hours * 3_600_000)
    const record = { logType: LogType.MESSAGE, status: 'sent', isWhole: true }
    for (const [place, twilioSid] of twilioSids.entries())
      this.#awaited.set(twilioSid, {
        ...record,
        twilioSid,
        unfinishedSince: sent,
        lastChangeAt: sent,
        nextReadAt: new Date(now - (twilioSids.length - place) * 1_000),
      })
  }

  /** Messages that are waited for still. */
  get awaited(): string[] {
    return [...this.#awaited.keys()]
  }

  /** As storing what was seen does it. */
  noteSeen({ twilioSid, status }: Sighting, isChange: boolean, intervalSeconds: number): void {
    const known = this.#awaited.get(twilioSid)
    if (!known) return
    const now = this.clock()
    const record = { ...known, status, lastChangeAt: isChange ? now : known.lastChangeAt }
    this.#setNextReading(record, nextReadAt({ ...record, now, intervalSeconds }))
  }

  async unfinished(_accountSid: string, source: SourceName, limit: number): Promise<Unfinished[]> {
    if (source !== 'messages') return []
    return [...this.#awaited.values()]
      .filter((record) => record.nextReadAt <= this.clock())
      .sort((one, other) => Number(one.nextReadAt) - Number(other.nextReadAt))
      .slice(0, limit)
  }

  async settle(_accountSid: string, twilioSids: readonly string[]): Promise<void> {
    this.settled.push(...twilioSids)
    for (const twilioSid of twilioSids) this.#awaited.delete(twilioSid)
  }

  async postpone(_accountSid: string, postponed: readonly Postponed[]): Promise<void> {
    for (const { twilioSid, nextReadAt: at } of postponed) {
      const record = this.#awaited.get(twilioSid)
      if (record) this.#setNextReading(record, at)
    }
  }

  /** How long the source rests from `now` on, in seconds. */
  restOf(source: SourceName, now: Date): number {
    return (this.row(source).nextPollAt.getTime() - now.getTime()) / 1_000
  }

  #setNextReading(record: Awaited, at: Date | null): void {
    if (at) this.#awaited.set(record.twilioSid, { ...record, nextReadAt: at })
    else this.#awaited.delete(record.twilioSid)
  }

  #end(claim: PollClaim, cursor: Partial<PollCursor>, error: string | null, nextPollAt: Date): void {
    const row = this.row(claim.source)
    if (row.lease?.token !== claim.token) return
    row.cursor = { ...row.cursor, ...cursor }
    row.error = error
    row.nextPollAt = nextPollAt
    row.inHand = []
    row.lease = null
  }
}
