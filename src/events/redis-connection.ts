import { Redis } from 'ioredis'

/** How long anything asked of Redis may take, in milliseconds. */
const PATIENCE_MS = 3_000
const LONGEST_PAUSE_MS = 2_000

/**
 * A connection for a library that wants one of its own; whoever opens it disconnects it. A Redis that is away makes what is asked of
 * it fail within seconds, and it comes back by itself.
 */
export function openRedis(url: string): Redis {
  return new Redis(url, {
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 200, LONGEST_PAUSE_MS),
  })
}
