import { startHttpSink } from '../actions/http-sink.js'
import { startSmtpSink } from '../actions/smtp-sink.js'
import { aServerDatabase, type ServerDatabase } from '../fixtures/empty-database.js'
import { aJobsDatabase, type JobsDatabase } from '../fixtures/jobs-database.js'
import {
  endProducts,
  type Product,
  type ProductEnvironment,
  type StartOptions,
  startProduct,
  watching,
} from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { startTcpProxy, type TcpProxy } from '../fixtures/tcp-proxy.js'
import { ScriptedWorld } from '../fixtures/scripted-world.js'
import { Draws } from '../../src/demo/draws.js'
import type { OwnPostgres } from './parts/own-postgres.js'
import type { OwnRedis } from './parts/own-redis.js'
import { until } from './until.js'

export type HttpSink = Awaited<ReturnType<typeof startHttpSink>>
export type SmtpSink = Awaited<ReturnType<typeof startSmtpSink>>

/** The services of a whole run, shared by its rows; null where there is none. */
export interface Services {
  /** An administrator's URL of a Postgres, ours where that can be had. */
  readonly serverUrl: string | null
  readonly postgres: OwnPostgres | null
  readonly redis: OwnRedis | null
  readonly mongodbUrl: string | null
  /** The compiled program that is to be proven. */
  readonly main?: string
}

/** Where one row is proven: a Twilio, sinks, a database of its own behind a proxy, and the product on top. */
export interface Bed {
  readonly seed: number
  readonly runs: number
  readonly draws: Draws
  readonly services: Services
  readonly twilio: SimulatedTwilio
  readonly http: HttpSink
  readonly smtp: SmtpSink
  readonly database: ServerDatabase
  /** Between the product and that database. */
  readonly postgres: TcpProxy
  /** A name for jobs in MongoDB; null where there is none. */
  readonly jobs: JobsDatabase | null
  /** Says how far the row is. */
  progress(text: string): void
  /** How much later than planned a try may begin besides, in milliseconds: more than 0 where other tests keep the machine busy. */
  readonly patienceMs: number
  /** Starts the product; it polls every second and sends through the proxy and to the sinks. */
  start(env?: ProductEnvironment): Product
  ready(env?: ProductEnvironment): Promise<Product>
}

interface Choice {
  readonly seed: number
  readonly runs: number
  readonly patienceMs?: number
  readonly progress: (text: string) => void
}

/** Makes one, lets `use` work on it, and leaves nothing behind. */
export async function onBed<Result>(
  services: Services,
  { seed, runs, patienceMs = 0, progress }: Choice,
  use: (bed: Bed) => Promise<Result>,
): Promise<Result> {
  const twilio = await simulatedTwilio({ world: new ScriptedWorld({ seed }) })
  const http = await startHttpSink()
  const smtp = await startSmtpSink({ disabledCommands: ['STARTTLS'] })
  const database = await aServerDatabase(services.serverUrl ?? '')
  const postgres = await startTcpProxy(database.url)
  const jobs = services.mongodbUrl === null ? null : aJobsDatabase(services.mongodbUrl)
  const start = (env: ProductEnvironment = {}) => {
    const options: StartOptions = {
      env: {
        ...watching(twilio),
        POLL_LOOKBACK_MINUTES: '1',
        DATABASE_URL: postgres.url,
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(smtp.settings.port),
        ...env,
      },
      ...(services.main === undefined ? {} : { main: services.main }),
    }
    return startProduct(options)
  }
  try {
    return await use({
      seed,
      runs,
      draws: new Draws(seed),
      services,
      twilio,
      http,
      smtp,
      database,
      postgres,
      jobs,
      progress,
      patienceMs,
      start,
      ready: (env) => start(env).ready(),
    })
  } finally {
    await endProducts()
    await postgres.close()
    await Promise.all([twilio.stop(), http.stop(), smtp.stop()])
    await until('the database is dropped', async () => {
      await database.drop()
      return true
    })
    await jobs?.drop()
  }
}
