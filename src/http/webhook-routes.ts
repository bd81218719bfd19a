import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express'
import type { CustomReceipt } from '../inbox/custom-intake.js'
import { isOwnWebhook } from '../inbox/own-webhook.js'
import type { Refusal, TwilioReceipt } from '../inbox/twilio-intake.js'
import { PublicError } from '../errors.js'
import { ApiScope, includes } from '../keys/scope.js'
import type { LineWriter } from '../logger/rate-limited.js'
import { keyOf } from './identify.js'
import type { Authenticate } from './principal.js'
import { answerProblem } from './problem.js'
import type { WebhookFace } from './webhook-face.js'

export interface WebhookDeps {
  readonly authenticate: Authenticate
  readonly logger: LineWriter
  /** null until it is ready. */
  readonly webhooks: () => WebhookFace | null
}

/** The largest body of a webhook, in bytes; a receiver may take less. */
const MAX_BODY = 1024 * 1024
/** When a sender may come again after trouble of ours, in seconds. */
const RETRY_AFTER = '5'

const why: Readonly<Record<Refusal, string>> = {
  'no-account': 'No Twilio account is watched here.',
  'no-token': 'Webhooks from Twilio cannot be verified here: TWILIO_AUTH_TOKEN is not set.',
  'no-signature': 'X-Twilio-Signature is missing.',
  'wrong-signature': 'X-Twilio-Signature is not the one of this request.',
  'other-account': 'The request is about another account than the one that is watched.',
}

/**
 * `POST /webhooks/twilio` and `POST /webhooks/custom/:name`: verified over the bytes that came, stored, answered; worked later. On
 * trouble of ours 503: Twilio takes any other refusal for final and drops what it has sent.
 */
export function webhookRoutes(deps: WebhookDeps): Router {
  const router = express.Router()
  // Compressed bodies are refused (415): signatures are over what came, and small ones unpack to very large ones.
  const rawBody = express.raw({ limit: MAX_BODY, type: () => true, inflate: false })
  router.use(ready(deps))
  router.post('/twilio', refuseUnsigned(deps), rawBody, async (request, response) => {
    const isForm = mediaType(request) === 'application/x-www-form-urlencoded'
    if (!isForm && mediaType(request) !== 'application/json') {
      answerProblem(response, 415, 'Twilio sends forms and JSON.')
      return
    }
    const receipt = await face(deps).twilio.receive({
      target: request.originalUrl,
      signature: header(request, 'x-twilio-signature'),
      isForm,
      body: bodyOf(request),
    })
    answerTwilio(response, receipt)
  })
  router.post('/custom/:name', refuseNameless, rawBody, async (request, response) => {
    if (!isJson(request)) {
      answerProblem(response, 415, 'The body must be JSON in UTF-8, sent as application/json.')
      return
    }
    const receipt = await face(deps).custom.receive({
      name: String(request.params['name']),
      token: tokenOf(request),
      signature: signatureOf(request),
      webhookId: header(request, 'webhook-id'),
      hasApiKey: () => mayPost(deps.authenticate, request),
      isOwn: isOwnWebhook(request.headers),
      body: bodyOf(request),
    })
    answerCustom(response, receipt)
  })
  router.use(ourTrouble(deps.logger))
  return router
}

function ready({ webhooks }: WebhookDeps): RequestHandler {
  return (_request, response, next) => {
    if (webhooks()) next()
    else askAgain(response, 'GiftPulse is starting.')
  }
}

function face({ webhooks }: WebhookDeps): WebhookFace {
  const found = webhooks()
  if (!found) throw new Error('webhooks are taken in before they can be')
  return found
}

/** Before a byte of the body is read. */
function refuseUnsigned(deps: WebhookDeps): RequestHandler {
  return (request, response, next) => {
    const reason = face(deps).twilio.refusal(header(request, 'x-twilio-signature'))
    if (reason) answerProblem(response, 403, why[reason])
    else next()
  }
}

/** Whoever shows nothing at all need not send a body first. */
const refuseNameless: RequestHandler = (request, response, next) => {
  if (tokenOf(request) !== null || signatureOf(request) !== null) next()
  else answerUnauthenticated(response)
}

function answerTwilio(response: express.Response, receipt: TwilioReceipt): void {
  if (receipt.kind === 'accepted') response.status(204).end()
  else if (receipt.kind === 'refused') answerProblem(response, 403, why[receipt.reason])
  else answerProblem(response, 400, `The body cannot be read: ${receipt.reason}.`)
}

function answerCustom(response: express.Response, receipt: CustomReceipt): void {
  if (receipt.kind === 'accepted') response.status(202).json({ twilio_sid: receipt.twilioSid })
  else if (receipt.kind === 'unauthenticated') answerUnauthenticated(response)
  else if (receipt.kind === 'unknown') answerProblem(response, 404, 'There is no such receiver.')
  else answerProblem(response, 413, `This receiver takes ${receipt.maxBytes} bytes at most.`)
}

function answerUnauthenticated(response: express.Response): void {
  response.set('WWW-Authenticate', 'Bearer')
  answerProblem(
    response,
    401,
    'A key, the token of the receiver, or a Standard Webhooks signature by its secret is needed.',
    { code: 'UNAUTHENTICATED' },
  )
}

/** What is shown as the token of a receiver, or as a key: one may be the other. */
function tokenOf(request: Request): string | null {
  return header(request, 'x-receiver-token') ?? keyOf(request) ?? null
}

/**
 * Keys may send where they may operate. What they are refused for is told like any refusal, and so is a token that opens nothing:
 * nobody may try one after another.
 */
async function mayPost(authenticate: Authenticate, request: Request): Promise<boolean> {
  const key = keyOf(request) ?? tokenOf(request)
  if (key === null) return false
  const principal = await authenticate(key, request.socket.remoteAddress)
  return principal !== null && includes(principal.scopes, ApiScope.OPERATE)
}

/** @param logger paced: while nothing can be stored, every webhook that comes fails */
function ourTrouble(logger: LineWriter): ErrorRequestHandler {
  return (failure: unknown, request, response, next) => {
    const status: unknown = failure instanceof Error && 'status' in failure ? failure.status : undefined
    if (response.headersSent || failure instanceof PublicError) next(failure)
    else if (status === 413) answerProblem(response, 413, `The body is over ${MAX_BODY} bytes.`)
    else if (typeof status === 'number' && status >= 400 && status < 500) next(failure)
    else {
      logger.error(
        { err: failure, path: request.baseUrl },
        'a webhook could not be stored; its sender is asked to send it again',
      )
      askAgain(response, 'It could not be stored now: send it again.')
    }
  }
}

function askAgain(response: express.Response, detail: string): void {
  response.set('Retry-After', RETRY_AFTER)
  answerProblem(response, 503, detail)
}

function header(request: Request, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function signatureOf(request: Request): { id: string; timestamp: string; signature: string } | null {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((part) =>
    header(request, `webhook-${part}`),
  )
  return id && timestamp && signature ? { id, timestamp, signature } : null
}

function bodyOf(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

function mediaType(request: Request): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function isJson(request: Request): boolean {
  const charset =
    /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8'
  return /^application\/(?:[a-z0-9.+-]+\+)?json$/.test(mediaType(request)) && /^utf-?8$/i.test(charset)
}
