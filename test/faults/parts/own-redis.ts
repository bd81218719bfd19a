import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { until } from '../until.js'
import { freePort } from '../../fixtures/free-port.js'

/** A Redis of our own that keeps nothing on disk. */
export interface OwnRedis {
  readonly url: string
  start(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  /** One command on a connection of its own. */
  command(name: string, ...parameters: string[]): Promise<unknown>
}

export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0
}

export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort()
  let server: ChildProcess | null = null
  process.on('exit', () => server?.kill('SIGKILL'))

  async function command(name: string, ...parameters: string[]): Promise<unknown> {
    const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await client.call(name, ...parameters)
    } finally {
      client.disconnect()
    }
  }

  const redis: OwnRedis = {
    url: `redis://127.0.0.1:${port}`,
    command,
    start: async () => {
      const parameters = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      server = spawn('redis-server', parameters, { stdio: 'ignore' })
      await until('Redis answers', async () => (await command('PING')) === 'PONG', 20_000)
    },
    kill: async () => {
      const ending = server
      server = null
      if (!ending) return
      const ended = once(ending, 'exit')
      ending.kill('SIGKILL')
      await ended
    },
  }
  await redis.start()
  return redis
}
