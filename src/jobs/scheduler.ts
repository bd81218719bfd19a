import { Agenda } from 'agenda'
import type { Job } from './job.js'
import type { JobStore } from './job-store.js'

export interface SchedulerOptions {
  readonly store: JobStore
  readonly jobs: readonly Job[]
  /** Whether this process runs jobs, or only wakes those that do. */
  readonly runsJobs: boolean
  /** The job that stands in for all others while the job store is away. */
  readonly fallback: string
  /** Told of everything that goes wrong, again and again while it does. */
  readonly onError: (error: unknown) => void
}

/** How long a job may hold its lock without `touch()`, in milliseconds: what a dead process held is free again after it. */
const LOCK_MS = 30_000
const TOUCH_MS = 10_000

/** How long Agenda may take to be ready or to stop, in milliseconds: it never says that it could not connect. */
const ANSWER_MS = 10_000

/** How often Agenda looks for jobs that it was not told of, in milliseconds. */
const LOOK_MS = 1_000

/** How often the scheduler looks after itself, in milliseconds. */
const PULSE_MS = 1_000

/** Without a run of the fallback job in any process for this long, in milliseconds, the job store counts as away. */
const AWAY_AFTER_MS = 5_000

/** After how long without a run here, in milliseconds, the store is asked whether it ran in another process. */
const ASK_AFTER_MS = 2_500

/** After how long a silence it connects anew, in milliseconds, which also makes again what was dropped; and how often at most. */
const RECONNECT_MS = 15_000

/** How often it makes sure that the recurring jobs are still there, in milliseconds. */
const CHECK_MS = 10_000

/** How much too early a planned run may come, in milliseconds: Node's timers and the clock do not agree to the millisecond. */
const EARLY_MS = 10

type Connected = Awaited<ReturnType<JobStore['connect']>> & { readonly agenda: Agenda }

/**
 * Wakes work by Agenda. Nothing hangs on it: while its store is away the fallback job runs by a timer of this process, and jobs
 * that were wiped are put back.
 */
export class Scheduler {
  private connected: Connected | null = null
  private connecting: Promise<void> | null = null
  private timer: NodeJS.Timeout | null = null
  private startedAt = -Infinity
  private lastFallbackAt = -Infinity
  private lastAnswerAt = -Infinity
  private lastCheckAt = -Infinity
  private connectedAt = -Infinity
  /** When the fallback job last ran, in the words of the store. */
  private lastRunToldAt: number | null = null
  private asking = false
  private readonly running = new Set<Promise<unknown>>()
  private readonly planned = new Map<string, number>()
  private stopping = false
  private standingIn = false
  /** Let go of, though jobs that began there may go on. */
  private readonly left = new WeakSet<Agenda>()

  constructor(private readonly options: SchedulerOptions) {}

  /** Whether jobs are kept and run where they should be. A new start gets time to show it: a process that died may have left its locks. */
  get healthy(): boolean {
    const age = performance.now() - this.startedAt
    if (this.connected === null) return age < AWAY_AFTER_MS
    const isStarting = this.lastFallbackAt === -Infinity && age < LOCK_MS + AWAY_AFTER_MS
    return isStarting || this.silence() <= AWAY_AFTER_MS
  }

  get kind(): JobStore['kind'] {
    return this.options.store.kind
  }

  /** Begins; a store that is away is waited for in the background. */
  start(): void {
    this.startedAt = performance.now()
    this.timer = setInterval(() => this.pulse(), PULSE_MS)
    this.pulse()
  }

  /** Runs a job soon, in whichever process is free. */
  wake(name: string): void {
    this.tell(name, (agenda) => agenda.now(name))
  }

  /** Runs a job in so many milliseconds. A later wish for the same job is left out when an earlier one serves it. */
  wakeIn(name: string, inMs: number): void {
    const at = Date.now() + inMs
    const planned = this.planned.get(name)
    if (planned !== undefined && planned > Date.now() && planned <= at) return
    this.planned.set(name, at)
    this.tell(name, (agenda) => agenda.schedule(new Date(at), name))
  }

  /** Takes on nothing more and waits for what runs, `graceMs` at most. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true
    if (this.timer) clearInterval(this.timer)
    const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref())
    await Promise.race([this.connecting?.catch(() => undefined), grace])
    await Promise.race([Promise.allSettled(this.running), grace])
    const { connected } = this
    this.connected = null
    if (!connected) return
    const closed = connected.agenda
      .drain({ timeout: graceMs, closeConnection: false })
      .catch(this.options.onError)
      .then(() => connected.close())
      .catch(this.options.onError)
    await Promise.race([closed, grace])
  }

  private tell(name: string, ask: (agenda: Agenda) => Promise<unknown>): void {
    const { connected } = this
    // Away: the fallback job finds the work within seconds.
    if (!connected || this.stopping) return
    ask(connected.agenda).catch((error: unknown) => {
      this.planned.delete(name)
      this.options.onError(error)
    })
  }

  private pulse(): void {
    if (this.stopping) return
    this.connecting ??= this.connected ? null : this.connect().finally(() => (this.connecting = null))
    this.connecting?.catch(this.options.onError)
    if (this.connected && performance.now() - this.lastCheckAt > CHECK_MS) {
      this.lastCheckAt = performance.now()
      this.reconnectIfWiped(this.connected.agenda).catch(this.options.onError)
    }
    const connectedFor = performance.now() - this.connectedAt
    if (this.connected && this.silence() > RECONNECT_MS && connectedFor > RECONNECT_MS) this.reconnect()
    if (this.connected && this.silence() > ASK_AFTER_MS)
      this.askOthers(this.connected.agenda).catch(this.options.onError)
    if (this.options.runsJobs && this.silence() > AWAY_AFTER_MS) this.runFallback()
  }

  /** Recurring jobs that are gone were wiped, and with them perhaps the table or the index that keeps each of them single. */
  private async reconnectIfWiped(agenda: Agenda): Promise<void> {
    const { jobs, runsJobs } = this.options
    if (!runsJobs) return
    for (const { name, everyMs } of jobs) {
      if (everyMs === null) continue
      const { total } = await agenda.queryJobs({ name, limit: 1 })
      if (total === 0) return this.reconnect()
    }
  }

  /** Lets go of the store; the next look connects again, which makes everything that is missing there. */
  private reconnect(): void {
    const { connected } = this
    if (!connected || this.stopping) return
    this.connected = null
    this.leave(connected.agenda, connected).catch(this.options.onError)
  }

  /**
   * Gives back what is locked and signs off where that can still be done, and closes the connection in any case: a store or a Redis that is
   * away refuses, or never answers.
   */
  private async leave(agenda: Agenda, connection: { close(): Promise<void> }): Promise<void> {
    this.left.add(agenda)
    await within(ANSWER_MS, agenda.stop(false)).catch(this.options.onError)
    await connection.close()
  }

  /** For how long nothing has shown that the store does its work, in milliseconds. */
  private silence(): number {
    return performance.now() - (this.options.runsJobs ? this.lastFallbackAt : this.lastAnswerAt)
  }

  /** One process at a time runs the fallback job: where it runs elsewhere, its last run moves on in the store. */
  private async askOthers(agenda: Agenda): Promise<void> {
    if (this.asking) return
    this.asking = true
    try {
      const { jobs } = await agenda.queryJobs({ name: this.options.fallback, limit: 1 })
      this.lastAnswerAt = performance.now()
      const ranAt = jobs[0]?.lastRunAt?.valueOf() ?? null
      if (ranAt !== null && this.lastRunToldAt !== null && ranAt !== this.lastRunToldAt)
        this.lastFallbackAt = this.lastAnswerAt
      this.lastRunToldAt = ranAt
    } finally {
      this.asking = false
    }
  }

  private runFallback(): void {
    const job = this.options.jobs.find(({ name }) => name === this.options.fallback)
    if (!job || this.standingIn) return
    this.standingIn = true
    this.track(job.run())
      .catch(this.options.onError)
      .finally(() => (this.standingIn = false))
  }

  private async connect(): Promise<void> {
    const connection = await this.options.store.connect()
    const agenda = new Agenda({
      backend: connection.backend,
      notificationChannel: connection.channel,
      processEvery: LOOK_MS,
      defaultLockLifetime: LOCK_MS,
      removeOnComplete: true,
    })
    agenda.on('error', this.options.onError)
    try {
      if (this.options.runsJobs) for (const job of this.options.jobs) this.define(agenda, job)
      await within(ANSWER_MS, agenda.ready)
      if (this.options.runsJobs) {
        await agenda.start()
        await this.replaceChanged(agenda)
        await this.keepRecurring(agenda)
      } else await connection.channel.connect()
    } catch (failure) {
      await this.leave(agenda, connection).catch(this.options.onError)
      throw failure
    }
    this.connected = { ...connection, agenda }
    this.connectedAt = performance.now()
    this.lastCheckAt = performance.now()
    this.lastAnswerAt = performance.now()
  }

  private define(agenda: Agenda, job: Job): void {
    agenda.define(
      job.name,
      async (run) => {
        const touch = setInterval(() => {
          // What was left is closed; the lock is another's by now.
          if (!this.left.has(agenda)) run.touch().catch(this.options.onError)
        }, TOUCH_MS)
        try {
          if (job.name === this.options.fallback) {
            this.lastFallbackAt = performance.now()
            // So that the first question sees already whether it ran elsewhere since.
            this.lastRunToldAt = run.attrs.lastRunAt?.valueOf() ?? null
          }
          if ((this.planned.get(job.name) ?? Infinity) <= Date.now() + EARLY_MS) this.planned.delete(job.name)
          await this.track(job.run())
        } catch (failure) {
          // Whatever failed is still in Postgres and is found again; Agenda would only keep a failed job's row for ever.
          this.options.onError(failure)
        } finally {
          clearInterval(touch)
        }
      },
      { concurrency: 1, lockLimit: 1, lockLifetime: LOCK_MS },
    )
  }

  /** Drops recurring jobs that another start gave another pause: Agenda would keep to the old one until the next run. */
  private async replaceChanged(agenda: Agenda): Promise<void> {
    for (const { name, everyMs } of this.options.jobs) {
      if (everyMs === null) continue
      const { jobs } = await agenda.queryJobs({ name, limit: 1 })
      const pause = jobs[0]?.repeatInterval
      if (pause != null && String(pause) !== String(everyMs)) await agenda.cancel({ name })
    }
  }

  /**
   * Makes the recurring jobs that are missing. What is there is left alone: on MongoDB `every()` takes the lock from whoever runs
   * the job, so that each process that starts would have it run once more beside.
   */
  private async keepRecurring(agenda: Agenda): Promise<void> {
    if (!this.options.runsJobs) return
    for (const { name, everyMs } of this.options.jobs) {
      if (everyMs === null) continue
      const { total } = await agenda.queryJobs({ name, limit: 1 })
      if (total === 0) await agenda.every(everyMs, name)
    }
  }

  private track<Result>(work: Promise<Result>): Promise<Result> {
    this.running.add(work)
    return work.finally(() => this.running.delete(work))
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the job store did not answer within ${ms / 1_000} s`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
