import twilio from 'twilio'
import { messageCallback } from '../fixtures/webhook-samples.js'
import type { Product } from '../fixtures/product.js'
import type { Account, End } from '../faults/ledgers.js'
import type { Bed } from '../faults/bed.js'
import { FAILED } from '../faults/work.js'

interface Change extends End {
  readonly sid: string
  readonly at: number
}

/** How long a record stays listed after its last change, in milliseconds: longer than any trouble, or the lists would grow for ever. */
const LISTED_MS = 240_000

const TICK_MS = 100

/**
 * Logs at a steady rate: three of four are messages that end some seconds after they were sent, the rest calls and monitor alerts. One
 * message of forty fails, and one end of four is told by a status callback as well. It keeps the account's side of the ledger.
 */
export class Load implements Account {
  private readonly ends = new Map<string, End>()
  readonly failed: string[] = []
  /** Callbacks that were answered with 200. */
  callbacks = 0
  private readonly changes: Change[] = []
  private readonly leaving: { readonly sid: string; readonly at: number }[] = []
  private readonly startedAt = performance.now()
  private timer: NodeJS.Timeout | null = null
  private added = 0

  constructor(
    private readonly bed: Bed,
    private readonly perSecond: number,
    /** Who takes callbacks at the moment. */
    private readonly receiver: () => Product,
  ) {}

  get recorded(): string[] {
    return [...this.ends.keys()]
  }

  get newest(): string | undefined {
    return [...this.ends.keys()].at(-1)
  }

  endOf(sid: string): End | undefined {
    return this.ends.get(sid)
  }

  start(): void {
    this.timer = setInterval(() => this.tick(performance.now()), TICK_MS)
  }

  /** Adds no more, and lets all that is on its way end. */
  stop(): void {
    if (this.timer) clearInterval(this.timer)
    this.change(Infinity)
  }

  private tick(now: number): void {
    const due = ((now - this.startedAt) / 1_000) * this.perSecond
    for (; this.added < due; this.added++) this.add(now)
    this.change(now)
    while ((this.leaving[0]?.at ?? Infinity) <= now)
      this.bed.twilio.world.remove(this.leaving.shift()?.sid ?? '')
  }

  private add(now: number): void {
    const { draws, twilio: account } = this.bed
    const kind = draws.between(1, 100)
    if (kind > 95) return this.keep(account.world.addAlert().sid, { status: null, errorCode: 11200 }, now)
    if (kind > 75)
      return this.keep(account.world.addCall().sid, { status: 'completed', errorCode: null }, now)
    const { sid } = account.world.addMessage({ status: 'sent' })
    this.ends.set(sid, { status: 'sent', errorCode: null })
    const end = draws.chance(1 / 40)
      ? { status: 'undelivered', errorCode: FAILED }
      : { status: 'delivered', errorCode: null }
    this.changes.push({ sid, at: now + draws.between(2_000, 20_000), ...end })
  }

  private change(now: number): void {
    const due = this.changes.filter(({ at }) => at <= now)
    if (due.length === 0) return
    this.changes.splice(0, Infinity, ...this.changes.filter(({ at }) => at > now))
    for (const { sid, status, errorCode } of due) {
      this.bed.twilio.world.update(sid, { status, error_code: errorCode })
      this.keep(sid, { status, errorCode }, performance.now())
      if (errorCode === FAILED) this.failed.push(sid)
      if (this.bed.draws.chance(1 / 4)) void this.tell(sid, status ?? '', errorCode)
    }
  }

  private keep(sid: string, end: End, now: number): void {
    this.ends.set(sid, end)
    this.leaving.push({ sid, at: now + LISTED_MS })
  }

  /** Once, as Twilio does: what it cannot deliver is found by the next poll. */
  private async tell(sid: string, status: string, errorCode: number | null): Promise<void> {
    try {
      const address = `${this.receiver().url}/webhooks/twilio`
      const form = messageCallback(sid, status, errorCode === null ? {} : { ErrorCode: String(errorCode) })
      const signature = twilio.getExpectedTwilioSignature(this.bed.twilio.authToken, address, form)
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'x-twilio-signature': signature },
        body: new URLSearchParams(form),
        signal: AbortSignal.timeout(10_000),
      })
      await response.arrayBuffer()
      if (response.ok) this.callbacks += 1
    } catch {
      // It was just killed, or its database is away.
    }
  }
}
