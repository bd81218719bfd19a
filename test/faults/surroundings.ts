import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Services } from './bed.js'
import type { Need } from './fault.js'
import { browserPath } from '../fixtures/chromium-path.js'
import { fakeTimeLibrary } from './parts/fake-clock.js'
import { ownPostgres, postgresPrograms } from './parts/own-postgres.js'
import { hasRedis, ownRedis } from './parts/own-redis.js'

/** Starts what this machine has; MongoDB and, where initdb is missing, Postgres are those of the environment. */
export async function startServices(env: NodeJS.ProcessEnv, main?: string): Promise<Services> {
  const postgres = postgresPrograms() === null ? null : await ownPostgres()
  const redis = hasRedis() ? await ownRedis() : null
  return {
    postgres,
    redis,
    serverUrl: postgres?.url ?? env['TEST_DATABASE_URL'] ?? null,
    mongodbUrl: env['MONGODB_URL'] ?? null,
    ...(main === undefined ? {} : { main }),
  }
}

export async function stopServices({ postgres, redis }: Services): Promise<void> {
  await postgres?.remove()
  await redis?.kill()
}

/** Why a row with these needs cannot be proven here, in words, or null. */
export function whatIsMissing(needs: readonly Need[], services: Services): string | null {
  const missing: Record<Need, string | false> = {
    server:
      services.serverUrl === null && 'no Postgres: initdb is not installed and TEST_DATABASE_URL is not set',
    postgres: services.postgres === null && 'no Postgres that may be stopped: initdb is not installed',
    redis: services.redis === null && 'redis-server is not installed',
    mongodb: services.mongodbUrl === null && 'MONGODB_URL is not set',
    faketime: fakeTimeLibrary() === null && 'libfaketime is not installed',
    chromium: browserPath === undefined && 'no Chromium is installed, and CHROMIUM_PATH names none',
    tmpfs: needs.includes('tmpfs') && !canMount() && 'a small tmpfs cannot be mounted here',
  }
  return needs.map((need) => missing[need]).find((reason) => reason !== false) || null
}

function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'giftpulse-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]).status === 0
  if (mounted) spawnSync('umount', [place])
  rmdirSync(place)
  return mounted
}
