import type { Config } from './config.js'
import type { Health, WatchedSource } from './http/health.js'
import { listNames } from './sources/source-health.js'
import { version } from './version.js'
import { HealthCode, type HealthNotice, noticesOf } from './watch/health-notice.js'

export interface HealthParts {
  readonly config: Config
  readonly jobs: 'postgres' | 'mongodb'
  readonly pubsub: 'memory' | 'redis'
  /** What is away or odd right now. */
  readonly troubles: () => readonly HealthNotice[]
  /** What an operator should know although nothing is away. */
  readonly notices: () => readonly HealthNotice[]
  readonly sources: () => Promise<readonly WatchedSource[]>
}

/** Says how the installation does: what it watches, what it lives on, and what an operator should know. */
export function createHealth({
  config,
  jobs,
  pubsub,
  troubles,
  notices,
  sources,
}: HealthParts): () => Promise<Health> {
  return async () => {
    const read = await sources()
    const failing = read.filter((source) => source.error !== null)
    // What fails says so itself; a worker that is gone says nothing.
    const silent = read.filter((source) => source.error === null && source.isStale)
    const current = troubles()
    const all: readonly HealthNotice[] = [
      ...watching(config, read.length > 0),
      ...current,
      ...notices(),
      ...failing.map(({ source, error }) => ({
        code: HealthCode.SOURCE_FAILS,
        text: `Reading ${listNames[source]} fails: ${error}`,
      })),
      ...silent.map(({ source }) => ({
        code: HealthCode.SOURCE_STALE,
        text: `The ${listNames[source]} have not been read for too long: does a worker run?`,
      })),
    ]
    return {
      status: failing.length + silent.length + current.length > 0 ? 'degraded' : 'ok',
      demo: config.demo,
      version,
      database: config.databaseUrl === null ? 'embedded' : 'postgres',
      jobs,
      pubsub,
      messages: all.map(({ text }) => text),
      notices: all,
      sources: read,
    }
  }
}

function watching({ demo, twilio }: Config, isWatched: boolean): readonly HealthNotice[] {
  if (demo)
    return noticesOf(
      HealthCode.DEMO,
      'DEMO: these are the records of a simulated Twilio account; nothing here has happened.',
    )
  if (!twilio && !isWatched)
    return noticesOf(
      HealthCode.NOTHING_WATCHED,
      'No Twilio account is watched: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or DEMO=true to look around.',
    )
  if (twilio?.authToken === null)
    return noticesOf(
      HealthCode.NO_AUTH_TOKEN,
      'TWILIO_AUTH_TOKEN is not set: polling works with the API key, but webhooks from Twilio cannot be verified and are refused.',
    )
  return []
}
