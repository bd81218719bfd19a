import { setImmediate } from 'node:timers/promises'
import type { ActionType } from './action.js'
import { messageOf } from '../errors.js'
import type { LineWriter } from '../logger/rate-limited.js'
import { openConfig } from './config-secrets.js'
import type { Claim, DeliveryStore, Ending } from './delivery-store.js'
import { fliesAlone } from './flies-alone.js'
import { ActionError, type Handlers, type Notice, recipientsBy } from './handler.js'
import type { Limits } from './limits.js'
import { retryPause } from './retry.js'
import type { SecretBox } from './secret-box.js'

export interface DispatcherDeps {
  readonly store: DeliveryStore
  readonly handlers: Handlers
  readonly secrets: SecretBox
  readonly limits: Limits
  readonly retryBaseSeconds: number
  /** Limited: what fails here may fail for every delivery that is owed. */
  readonly logger: LineWriter
  /** Deliveries changed; the argument is the feed's head. */
  readonly onChange: (upTo: number) => void
  /** The next delivery is due in so many milliseconds. */
  readonly onNextDue: (inMs: number) => void
  /** A try has ended and is about to be recorded. */
  readonly onTried?: (claim: Claim, ending: Ending) => void
  /** A delivery was given up since its tries killed their processes. */
  readonly onGivenUp?: (actionType: ActionType) => void
}

/** Tries that one process has in flight at most, in all and for one action: a slow receiver must not hold up the others. */
const IN_FLIGHT = 90
const IN_FLIGHT_FOR_ONE_ACTION = 30

/** Deliveries claimed at a time. Each claim waits for its turn at the judge's lock: in a storm this many leave with each turn. */
const CLAIMED_AT_ONCE = 20

/** How often leases are renewed, in milliseconds: a quarter of their length. */
const RENEW_MS = 5_000

/** How soon it looks again at the earliest, in milliseconds: what is due but cannot be claimed now must not make it spin. */
const SOON_MS = 10

interface Flight {
  readonly claim: Claim
  readonly abort: AbortController
  readonly done: Promise<void>
}

/** Sends what is owed: claims due deliveries, tries each by its handler, records what came of it. */
export class Dispatcher {
  private readonly flights = new Map<string, Flight>()
  private running: Promise<void> | null = null
  private again = false
  private stopping = false
  private loneWaits = false
  /** How many others may still fly before the next that flies alone. */
  private othersTurn = 0
  private renewal: NodeJS.Timeout | null = null
  private lastTurn: Promise<void> = Promise.resolve()

  constructor(private readonly deps: DispatcherDeps) {}

  /** Claims and starts what is due, until nothing is or there is no room. Resolves once the claims are made, not the sends. */
  wake(): Promise<void> {
    this.again = true
    this.running ??= this.run().finally(() => {
      this.running = null
      if (this.again && !this.stopping) void this.wake().catch((failure: unknown) => this.report(failure))
    })
    return this.running
  }

  /** Stops claiming and waits for what is in flight, `graceMs` at most; what is still going then is given back. */
  async drain(graceMs: number): Promise<void> {
    this.stopping = true
    await this.running?.catch(() => undefined)
    const landed = Promise.all([...this.flights.values()].map((flight) => flight.done))
    await Promise.race([landed, new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
    for (const flight of this.flights.values()) flight.abort.abort(new Error('shutdown'))
    await landed
    if (this.renewal) clearInterval(this.renewal)
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopping) {
      this.again = false
      const room = IN_FLIGHT - this.flights.size
      if (room <= 0 || this.mustWait()) return
      await this.claim(room)
    }
    if (this.stopping) return
    const nextDue = await this.deps.store.nextDueInMs()
    // What became due since the claim is claimed soon; with tries in flight, the next one that lands looks again.
    if (nextDue !== null && (nextDue > 0 || this.flights.size === 0))
      this.deps.onNextDue(Math.max(nextDue, SOON_MS))
  }

  /**
   * A delivery that may have killed a process flies alone: nothing is claimed while it flies, nor while it waits for that, unless
   * one like it has just flown. Then the others have their turn first, or many of that kind would hold up everything else.
   */
  private mustWait(): boolean {
    return (
      (this.loneWaits && this.othersTurn === 0 && this.flights.size > 0) ||
      [...this.flights.values()].some(({ claim }) => fliesAlone(claim))
    )
  }

  private async claim(room: number): Promise<void> {
    const { store, limits, handlers } = this.deps
    const claimed = await store.claim({
      room: Math.min(room, CLAIMED_AT_ONCE),
      busyActionIds: this.busyActions(),
      heldTokens: [...this.flights.keys()],
      idle: this.flights.size === 0,
      othersFirst: this.othersTurn > 0,
      limits,
      recipientsOf: recipientsBy(handlers),
    })
    this.loneWaits = claimed.loneWaits
    if (claimed.claims.some(fliesAlone)) this.othersTurn = IN_FLIGHT
    else if (claimed.claims.length === 0) this.othersTurn = 0
    else this.othersTurn = Math.max(0, this.othersTurn - claimed.claims.length)
    if (claimed.upTo !== null) this.deps.onChange(claimed.upTo)
    for (const actionType of claimed.givenUp) this.deps.onGivenUp?.(actionType)
    for (const claim of claimed.claims) this.start(claim)
    if (claimed.more) this.again = true
  }

  private busyActions(): string[] {
    const counts = new Map<string, number>()
    for (const { claim } of this.flights.values())
      counts.set(claim.action.id, (counts.get(claim.action.id) ?? 0) + 1)
    return [...counts]
      .filter(([, count]) => count > IN_FLIGHT_FOR_ONE_ACTION - CLAIMED_AT_ONCE)
      .map(([id]) => id)
  }

  private start(claim: Claim): void {
    const abort = new AbortController()
    const done = this.fly(claim, abort.signal)
      .catch((failure: unknown) => this.report(failure))
      .finally(() => {
        this.flights.delete(claim.leaseToken)
        if (!this.stopping) void this.wake().catch((failure: unknown) => this.report(failure))
      })
    this.flights.set(claim.leaseToken, { claim, abort, done })
    this.renewal ??= setInterval(
      () => void this.renew().catch((failure: unknown) => this.report(failure)),
      RENEW_MS,
    ).unref()
  }

  /** One try, from its begin mark to its record. */
  private async fly(claim: Claim, signal: AbortSignal): Promise<void> {
    const { store, onChange } = this.deps
    const attemptId = await store.begin(claim)
    if (attemptId === null) return
    await this.nextTurn()
    if (signal.aborted) return store.release(claim, attemptId)
    const ending = await this.attempt(claim, signal)
    if (signal.aborted && !ending.success) return store.release(claim, attemptId)
    this.deps.onTried?.(claim, ending)
    const upTo = await this.persist(signal, () => store.end(claim, attemptId, ending))
    if (upTo === null)
      this.deps.logger.warn(
        { deliveryId: claim.id },
        'the lease was lost during the try; its end is not recorded',
      )
    else onChange(upTo)
  }

  /**
   * One try in each turn of the event loop: to write, mask and sign twenty messages of 64 KB, all claimed together, would keep everything
   * else waiting.
   */
  private nextTurn(): Promise<void> {
    return (this.lastTurn = this.lastTurn.then(() => setImmediate()))
  }

  private async attempt(claim: Claim, signal: AbortSignal): Promise<Ending> {
    const { handlers, secrets, retryBaseSeconds } = this.deps
    const handler = handlers.get(claim.action.actionType)
    const startedAt = performance.now()
    const durationMs = () => Math.round(performance.now() - startedAt)
    try {
      const sent = await handler.send(
        noticeOf(claim),
        openConfig(handler, claim.action.config, secrets),
        signal,
      )
      return { success: true, durationMs: durationMs(), error: null, retryInMs: null, ...sent }
    } catch (thrown) {
      const failure = thrown instanceof ActionError ? thrown : new ActionError('internal', messageOf(thrown))
      const { statusCode, response, code, message } = failure
      const settings = { retryAttempts: handler.retryAttempts, baseSeconds: retryBaseSeconds }
      const retryInMs = retryPause(failure, claim.failedTries + 1, settings, Math.random())
      return {
        success: false,
        durationMs: durationMs(),
        statusCode,
        response,
        error: message,
        result: { ...failure.result, error: message, code },
        retryInMs,
      }
    }
  }

  /**
   * What was sent must be recorded. A database that is away is waited for until the process stops: the lease is ours until somebody
   * else takes it, which the record itself finds out. Any other failure has a quarter of a minute to heal.
   */
  private async persist(signal: AbortSignal, record: () => Promise<number | null>): Promise<number | null> {
    for (let pause = 100; ; pause *= 2) {
      try {
        return await record()
      } catch (failure) {
        if (pause > 12_800 && (signal.aborted || !this.deps.store.isAway(failure))) throw failure
        await new Promise((resolve) => setTimeout(resolve, Math.min(pause, RENEW_MS)))
      }
    }
  }

  private async renew(): Promise<void> {
    // Only these are asked about: what takes off while the answer is on its way has a lease of its own.
    const flights = [...this.flights]
    if (flights.length === 0) return
    const held = await this.deps.store.renew(flights.map(([token]) => token))
    for (const [token, flight] of flights) if (!held.has(token)) flight.abort.abort(new Error('lease lost'))
  }

  private report(failure: unknown): void {
    this.deps.logger.error({ err: failure }, 'delivering failed; it goes on with the next sweep')
  }
}

function noticeOf(claim: Claim): Notice {
  const { id, kind, alert, rule, log, folded, lastResult } = claim
  return { deliveryId: id, kind, alert, rule, log, folded, lastResult }
}
