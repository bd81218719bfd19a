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
  readonly sources: readonly SourceHealth[]
}

/** How one list of one account is read. */
export interface SourceHealth {
  readonly accountSid: string
  /** `calls`, `messages` or `alerts`. */
  readonly source: string
  readonly lastSuccessAt: Date | null
  /** Seconds since its last good sweep. */
  readonly lagSeconds: number | null
  /** Why the last poll failed; null where it did not. */
  readonly error: string | null
}

/** Whether requests should come here. */
export interface Readiness {
  readonly isReady: boolean
  /** Why not, in words. */
  readonly reasons: readonly string[]
}
