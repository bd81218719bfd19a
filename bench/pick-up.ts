import { pino } from 'pino'
import { Dispatcher } from '../src/actions/dispatcher.js'
import type { Handler } from '../src/actions/handler.js'
import { createSecretBox } from '../src/actions/secret-box.js'
import { messageOf } from '../src/errors.js'
import { openRedis } from '../src/events/redis-connection.js'
import { createJobStore, type JobStore } from '../src/jobs/job-store.js'
import { DELIVER } from '../src/jobs/jobs.js'
import { Scheduler } from '../src/jobs/scheduler.js'
import type { Database } from '../src/store/database.js'
import { PostgresDeliveryStore } from '../src/store/delivery-store.js'
import { openPool } from '../src/store/pool.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import { aJobsDatabase } from '../test/fixtures/jobs-database.js'
import { insertAction, insertAlert, insertRule } from '../test/fixtures/rows.js'
import type { Bench, Setting } from './bench.js'
import { quantile, rounded, type Figure } from './figure.js'

const DELIVERIES = 200
/** A pause between two, in milliseconds, so that each is picked up by itself. */
const PAUSE_MS = 50
const RETRY_IN_MS = 300

/** What takes longer than this, in milliseconds, was forgotten, and the run ends with it. */
const FORGOTTEN_MS = 30_000

/**
 * From the moment a delivery is due until its handler is asked to send it: claimed, marked begun and all. Woken in the same
 * process, woken from another one, and on its own when the pause before a retry ends.
 */
export const pickUp: Bench = { name: 'pick-up', needsPostgres: true, run }

async function run(setting: Setting): Promise<readonly Figure[]> {
  const { database, url, close } = await openTestDatabase()
  const { mongodbUrl, redisUrl } = setting
  const jobsDatabase = mongodbUrl === null ? null : aJobsDatabase(mongodbUrl)
  const count = setting.scaled(DELIVERIES)
  try {
    const here = await inOneProcess(database, count)
    const jobs = createJobStore({
      mongodbUrl: jobsDatabase?.url ?? null,
      openRedis: redisUrl === null ? null : () => openRedis(redisUrl),
      openPool: () => openPool({ url: url! }),
      onError: complain,
    })
    const { woken, retried } = await betweenProcesses(database, jobs, count)
    const by = `${jobs.kind}, ${redisUrl === null ? 'no Redis' : 'Redis'}`
    return [
      figure('due → picked up, in the same process', here, 10),
      figure(`due → picked up, woken from another process (${by})`, woken, redisUrl === null ? null : 10),
      figure(`retry due → picked up (${by})`, retried, null),
    ]
  } finally {
    await jobsDatabase?.drop()
    await close()
  }
}

function figure(what: string, times: readonly number[], atMost: number | null): Figure {
  return {
    what: `${what}, p50`,
    measured: `p50 ${rounded(quantile(times, 0.5))} ms, p99 ${rounded(quantile(times, 0.99))} ms of ${times.length}`,
    value: quantile(times, 0.5),
    unit: 'ms',
    goal: atMost === null ? null : { atMost },
  }
}

async function inOneProcess(database: Database, count: number): Promise<number[]> {
  const worker = new Worker(database, () => undefined)
  const times: number[] = []
  for (let n = 0; n < count; n++) times.push(await worker.next(0, () => worker.wake()))
  await worker.stop()
  return times
}

/** Two schedulers as two processes have them: one only wakes, the other runs the job. */
async function betweenProcesses(
  database: Database,
  jobs: JobStore,
  count: number,
): Promise<{ woken: number[]; retried: number[] }> {
  const worker: Worker = new Worker(database, (inMs) => runs.wakeIn(DELIVER, inMs))
  // As in the product: a wake that is lost costs two seconds, and shows in the p99.
  const sweep = { name: 'sweep', everyMs: 2_000, run: () => worker.wake() }
  let jobRuns = 0
  const deliver = () => {
    jobRuns += 1
    return worker.wake()
  }
  const list = [{ name: DELIVER, everyMs: null, run: deliver }, sweep]
  const options = { store: jobs, jobs: list, fallback: sweep.name, onError: complain }
  const runs: Scheduler = new Scheduler({ ...options, runsJobs: true })
  const wakes = new Scheduler({ ...options, runsJobs: false })
  const woken: number[] = []
  const retried: number[] = []
  try {
    for (const scheduler of [runs, wakes]) await untilItWakes(scheduler, () => jobRuns)
    for (let n = 0; n < count; n++) woken.push(await worker.next(0, () => wakes.wake(DELIVER)))
    for (let n = 0; n < count / 10; n++) retried.push(await worker.next(RETRY_IN_MS, () => worker.wake()))
  } finally {
    for (const scheduler of [wakes, runs]) await scheduler.stop(5_000)
    await worker.stop()
  }
  return { woken, retried }
}

/** Starts it and waits until the job runs that it wakes. */
async function untilItWakes(scheduler: Scheduler, runs: () => number): Promise<void> {
  const before = runs()
  scheduler.start()
  for (const giveUpAt = performance.now() + FORGOTTEN_MS; runs() === before; await pause(200)) {
    if (performance.now() > giveUpAt) throw new Error('the scheduler woke nothing')
    scheduler.wake(DELIVER)
  }
}

/** The product's dispatcher with one handler that notes when it is asked. */
class Worker {
  private readonly dispatcher: Dispatcher
  private readonly sentAt = new Map<string, (at: number) => void>()
  private rule: Promise<{ ruleId: string; actionId: string }> | null = null

  constructor(
    private readonly database: Database,
    onNextDue: (inMs: number) => void,
  ) {
    const handler = {
      type: 'log',
      title: 'a bench',
      description: 'Says when it was asked.',
      retryAttempts: 0,
      mapSecrets: (config) => config,
      recipients: () => [],
      request: () => ({}),
      send: (notice) => {
        this.sentAt.get(notice.alert.id)?.(Date.now())
        return Promise.resolve({ statusCode: null, response: null, result: {} })
      },
      // The dispatcher never asks for a schema: what it reads was checked when it was saved.
    } satisfies Omit<Handler, 'schema'> as unknown as Handler
    this.dispatcher = new Dispatcher({
      store: new PostgresDeliveryStore(database),
      handlers: { list: [handler], get: () => handler, close: () => Promise.resolve() },
      secrets: createSecretBox('a secret for the benches'),
      limits: { emailMaxPerMinute: 20, stormMaxPerMinute: 0 },
      retryBaseSeconds: 1,
      logger: pino({ level: 'silent' }),
      onChange: () => undefined,
      onNextDue,
    })
  }

  wake(): Promise<void> {
    return this.dispatcher.wake()
  }

  /** Makes a delivery that is due in so many milliseconds and answers how many after that its handler was asked. */
  async next(inMs: number, wake: () => unknown): Promise<number> {
    await pause(PAUSE_MS)
    const { ruleId, actionId } = await (this.rule ??= this.makeRule())
    const alertId = await insertAlert(this.database, ruleId, null)
    const asked = new Promise<number>((resolve) => this.sentAt.set(alertId, resolve))
    const [row] = await this.database.query<{ dueAt: Date }>(
      `INSERT INTO deliveries (alert_id, rule_id, action_id, triggered_at, next_attempt_at)
       VALUES ($1, $2, $3, now(), date_trunc('milliseconds', now() + $4 * interval '1 millisecond'))
       RETURNING next_attempt_at AS "dueAt"`,
      [alertId, ruleId, actionId, inMs],
    )
    const dueAt = inMs === 0 ? Date.now() : row!.dueAt.getTime()
    void wake()
    const forgotten = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('a delivery that is due was not picked up')), FORGOTTEN_MS).unref()
    })
    return (await Promise.race([asked, forgotten])) - dueAt
  }

  stop(): Promise<void> {
    return this.dispatcher.drain(5_000)
  }

  private async makeRule(): Promise<{ ruleId: string; actionId: string }> {
    const ruleId = await insertRule(this.database)
    return { ruleId, actionId: await insertAction(this.database, ruleId) }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** The schedulers try again by themselves; whoever reads the figures should know that they had to. */
function complain(error: unknown): void {
  console.error(messageOf(error))
}
