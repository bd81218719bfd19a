import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express'
import { InputError, UnavailableError } from '../errors.js'
import { addressOf } from './address.js'
import { callerOf } from './caller.js'
import type { Readiness } from './health.js'
import { jsonBody, TOO_LARGE } from './json-body.js'
import { answerProblem } from './problem.js'
import { type RequireScope, scopeGuard } from './require-scope.js'
import type { RestFace, RestRoute } from './rest-face.js'
import { ApiScope, includes } from '../keys/scope.js'
import type { Authenticate, Principal } from './principal.js'

export interface RestMountDeps {
  readonly authenticate: Authenticate
  readonly readiness: () => Readiness
  readonly publicUrl: string
}

/** `/api` while REST is not there yet: everything may be there later. */
export const restIsStarting: RequestHandler = () => {
  throw new UnavailableError('GiftPulse is starting.')
}

/**
 * Routes `/api` by the table of REST: the path, then the method, then the key and its scope, then the body, before the route itself is
 * asked. Failures are left to `failed`.
 */
export function restMount(rest: RestFace, deps: RestMountDeps): Router {
  const router = express.Router({ caseSensitive: true })
  const requireScope = scopeGuard(deps.authenticate)
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  // It describes what everybody can read in the source, and holds no data: it needs no key.
  router
    .route('/openapi.json')
    .get((request, response) => void response.json(rest.openapi(addressOf(request, deps.publicUrl))))
    .all(methodNotAllowed(['GET']))
  for (const path of new Set(rest.routes.map((route) => route.path)))
    mountPath(
      router,
      rest.routes.filter((route) => route.path === path),
      requireScope,
      deps,
    )
  router.use(explainBadBody)
  return router
}

function mountPath(
  router: Router,
  routes: readonly RestRoute[],
  requireScope: RequireScope,
  { readiness, publicUrl }: RestMountDeps,
): void {
  const mounted = router.route(routes[0]?.path ?? '/')
  for (const route of routes) {
    const verb = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
    mounted[verb](
      requireScope(route.scope),
      assertReady(readiness),
      ...(route.takesBody ? [assertJson, jsonBody()] : []),
      async (request, response) => {
        const {
          status,
          body,
          headers = {},
        } = await route.handle({
          caller: callerOf(request, response),
          seesNumbers: includes((response.locals.principal as Principal).scopes, ApiScope.PII),
          params: request.params as Record<string, string>,
          query: queryOf(request),
          body: route.takesBody ? (request.body as unknown) : undefined,
          address: addressOf(request, publicUrl),
        })
        response.status(status).set(headers)
        if (body === undefined) response.end()
        else response.json(body)
      },
    )
  }
  mounted.all(methodNotAllowed(routes.map(({ method }) => method)))
}

/** The query as it was sent: Express's own reading makes lists and objects of some of it. */
function queryOf({ originalUrl }: Request): URLSearchParams {
  const start = originalUrl.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : originalUrl.slice(start))
}

function assertReady(readiness: () => Readiness): RequestHandler {
  return (_request, _response, next) => {
    const { isReady, reasons } = readiness()
    if (!isReady) throw new UnavailableError(`Not now: ${reasons.join('; ')}.`)
    next()
  }
}

const assertJson: RequestHandler = (request, response, next) => {
  if (/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) next()
  else answerProblem(response, 415, 'The body must be sent as Content-Type: application/json.')
}

function methodNotAllowed(methods: readonly string[]): RequestHandler {
  const allowed = ['OPTIONS', ...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
  return (request, response) => {
    response.set('Allow', allowed)
    if (request.method === 'OPTIONS') response.status(204).end()
    else answerProblem(response, 405, `${request.method} is not possible here: ${allowed} are.`)
  }
}

/** What the body parser refuses: broken JSON, too much of it, an unknown charset or encoding. */
const explainBadBody: ErrorRequestHandler = (failure: unknown, _request, response, next) => {
  const type: unknown = failure instanceof Error && 'type' in failure ? failure.type : undefined
  if (type === 'entity.too.large') answerProblem(response, 413, TOO_LARGE)
  else if (type === 'entity.parse.failed')
    next(new InputError([{ path: 'body', message: 'is not a JSON object in UTF-8' }]))
  else if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    answerProblem(response, 415, 'The body must be JSON in UTF-8, plain or compressed by gzip.')
  else next(failure)
}
