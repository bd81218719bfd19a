import express, { type Router } from 'express'
import type { SourceHealth } from '../sources/source-health.js'
import { staleInWords } from '../sources/staleness.js'
import { mayKnow } from './identify.js'
import type { Authenticate } from './principal.js'

/** Whether what is watched is really read. */
export interface PollerStatus {
  /** Lists that have not been read to their end for too long. */
  readonly stale: readonly SourceHealth[]
  /** Whether any account is watched. */
  readonly isWatching: boolean
}

export interface PollerStatusDeps {
  readonly authenticate: Authenticate
  /** Rejects where it cannot be told, as while Postgres is away. */
  readonly pollerStatus: () => Promise<PollerStatus>
}

/**
 * `/status/poller`, for a monitor outside: 503 where records are no longer read, whoever is to blame. `/readyz` does not fail for
 * that, since the dashboard is needed most when something is wrong. Details only with a key.
 */
export function pollerStatusRoute({ authenticate, pollerStatus }: PollerStatusDeps): Router {
  const router = express.Router()
  router.get('/status/poller', async (request, response) => {
    const status = await pollerStatus().catch(() => null)
    const isFine = status !== null && status.isWatching && status.stale.length === 0
    const details = (await mayKnow(authenticate, request)) ? { reasons: reasonsOf(status) } : {}
    response
      .status(isFine ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isFine ? 'ok' : 'stale', ...details })
  })
  return router
}

function reasonsOf(status: PollerStatus | null): string[] {
  if (status === null) return ['It cannot be told: the database is away, or the process starts.']
  if (!status.isWatching) return ['No Twilio account is watched.']
  return staleInWords(status.stale)
}
