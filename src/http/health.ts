import type { SourceHealth } from '../sources/source-health.js'
import type { HealthNotice } from '../watch/health-notice.js'

/** How a list is read, and whether that was too long ago. */
export interface WatchedSource extends SourceHealth {
  readonly isStale: boolean
}

/** How the whole installation does; the same in every process. */
export interface Health {
  /** `ok`, or `degraded` where something that it lives on is away. */
  readonly status: string
  readonly demo: boolean
  readonly version: string
  readonly database: 'embedded' | 'postgres'
  readonly jobs: 'postgres' | 'mongodb'
  readonly pubsub: 'memory' | 'redis'
  /** What an operator should know, in words. */
  readonly messages: readonly string[]
  /** The same, each with what it is about. */
  readonly notices: readonly HealthNotice[]
  readonly sources: readonly WatchedSource[]
}

/** Whether requests should come here. */
export interface Readiness {
  readonly isReady: boolean
  /** Why not, in words; of one that is ready, what does not do its work. */
  readonly reasons: readonly string[]
}
