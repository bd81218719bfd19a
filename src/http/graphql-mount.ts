import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express'
import { type ErrorCode, type FieldFault, PublicError } from '../errors.js'
import type { LineWriter } from '../logger/rate-limited.js'
import type { GraphqlFace } from './graphql-face.js'
import { identify } from './identify.js'
import { jsonBody, TOO_LARGE } from './json-body.js'
import type { Authenticate } from './principal.js'
import { refusalHeaders, statusOf } from './refusal.js'

export interface MountDeps {
  readonly authenticate: Authenticate
  readonly logger: LineWriter
  /** null until it is ready. */
  readonly graphql: () => GraphqlFace | null
}

/** `/graphql` over HTTP: the key first, before a byte of the body is parsed; every refusal is JSON with `errors`. */
export function graphqlMount({ authenticate, logger, graphql }: MountDeps): Router {
  const router = express.Router()
  router.use(requireKey(authenticate), (_request, response, next) => {
    if (graphql()) next()
    else refuse(response, 503, 'INTERNAL_SERVER_ERROR', 'GiftPulse is starting.')
  })
  router.use(jsonBody('application/graphql-response+json'))
  router.use((request, response, next) => graphql()?.handle(request, response, next))
  router.use(answerRefused(logger))
  return router
}

function requireKey(authenticate: Authenticate): RequestHandler {
  return async (request, response, next) => {
    response.locals.principal = await identify(authenticate, request)
    next()
  }
}

/** What the key or the body parser is refused for: broken JSON, too much of it, an unknown charset or encoding. */
function answerRefused(logger: LineWriter): ErrorRequestHandler {
  return (failure: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(failure)
      return
    }
    if (failure instanceof PublicError) {
      response.set(refusalHeaders(failure))
      refuse(response, statusOf(failure), failure.code, failure.message)
      return
    }
    const status = bodyStatusOf(failure)
    if (status >= 500) {
      logger.error({ err: failure }, 'a request to /graphql failed')
      refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong here.')
      return
    }
    const message = status === 413 ? TOO_LARGE : 'The body is not JSON in UTF-8.'
    refuse(response, status, 'BAD_USER_INPUT', message, [{ path: 'body', message }])
  }
}

function bodyStatusOf(failure: unknown): number {
  const status: unknown = failure instanceof Error && 'status' in failure ? failure.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

function refuse(
  response: Response,
  status: number,
  code: ErrorCode,
  message: string,
  fields?: readonly FieldFault[],
): void {
  response.status(status).json({ errors: [{ message, extensions: { code, ...(fields ? { fields } : {}) } }] })
}
