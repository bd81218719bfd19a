import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { InputError, PublicError } from '../errors.js'
import type { LineWriter } from '../logger/rate-limited.js'
import { refusalHeaders, statusOf } from './refusal.js'

/** Answers as RFC 9457 says, with what `more` adds to it. */
export function answerProblem(response: Response, status: number, detail: string, more: object = {}): void {
  const body = { type: 'about:blank', title: STATUS_CODES[status], status, detail, ...more }
  response.status(status).type('application/problem+json').send(JSON.stringify(body))
}

/** Answers a failure that was made for clients: with its code, and every bad field where it is about input. */
export function answerRefusal(response: Response, refusal: PublicError): void {
  const errors = refusal instanceof InputError ? { errors: refusal.fields } : {}
  response.set(refusalHeaders(refusal))
  answerProblem(response, statusOf(refusal), refusal.message, { code: refusal.code, ...errors })
}

/** For whatever no route knows. */
export const notFound: RequestHandler = (_request, response) =>
  answerProblem(response, 404, 'There is nothing here.')

/** For whatever a route threw: the log gets it, the client never a stack. */
export function failed(logger: LineWriter): ErrorRequestHandler {
  return (failure: unknown, request, response, next) => {
    if (response.headersSent) {
      next(failure)
      return
    }
    if (failure instanceof PublicError) {
      answerRefusal(response, failure)
      return
    }
    const status: unknown = failure instanceof Error && 'status' in failure ? failure.status : undefined
    if (typeof status === 'number' && status >= 400 && status < 500) {
      answerProblem(response, status, 'The request could not be understood.')
      return
    }
    logger.error({ err: failure, method: request.method, path: request.path }, 'a request failed')
    answerProblem(response, 500, 'Something went wrong here.')
  }
}
