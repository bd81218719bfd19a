import express, { type Router } from 'express'
import type { Health, Readiness } from './health.js'
import { mayKnow } from './identify.js'
import type { Authenticate } from './principal.js'

export interface HealthDeps {
  readonly authenticate: Authenticate
  readonly readiness: () => Readiness
  readonly health: () => Promise<Health>
}

/**
 * `/livez` says that the process runs, `/readyz` whether requests should come here (also where it is degraded), `/api/health` how
 * everything does. Details only with a key.
 */
export function healthRoutes({ authenticate, readiness, health }: HealthDeps): Router {
  const router = express.Router()
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })

  router.get(['/livez', '/healthz'], (_request, response) => void response.json({ status: 'ok' }))

  router.get('/readyz', async (request, response) => {
    const { isReady, reasons } = readiness()
    const status = !isReady ? 'unavailable' : reasons.length > 0 ? 'degraded' : 'ok'
    const details = (await mayKnow(authenticate, request)) ? { reasons } : {}
    response.status(isReady ? 200 : 503).json({ status, ...details })
  })

  router.get('/api/health', async (request, response) => {
    const { isReady, reasons } = readiness()
    const isKnown = await mayKnow(authenticate, request)
    if (!isReady) response.status(503).json({ status: 'unavailable', ...(isKnown ? { reasons } : {}) })
    else if (isKnown) response.json(await health())
    else response.json({ status: 'ok' })
  })

  return router
}
