import { Redis } from 'ioredis'

/** Connects once; gives the server's version. Throws what ioredis throws. */
export async function probeRedis(url: string, timeoutMs: number): Promise<string> {
  const redis = new Redis(url, {
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  let cause: unknown = null
  redis.on('error', (failure: unknown) => (cause = failure))
  try {
    await redis.connect()
    return /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown'
  } catch (failure) {
    // "Connection is closed" says less than what closed it.
    throw cause ?? failure
  } finally {
    redis.disconnect()
  }
}
