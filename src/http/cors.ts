import type { RequestHandler } from 'express'
import type { OriginPolicy } from './origins.js'

/** Tells the pages of listed origins that they may read the answers, and answers their preflights; others are told nothing. */
export function cors(origins: OriginPolicy): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin')
    const { origin } = request.headers
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (origin !== undefined && origins.isListed(origin)) {
      response.set('Access-Control-Allow-Origin', origin)
      response.set('Access-Control-Expose-Headers', 'Link, Location, Retry-After, Allow')
      if (isPreflight)
        response.set({
          'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
          'Access-Control-Allow-Headers': 'Content-Type, X-API-Key, Authorization, Apollo-Require-Preflight',
          'Access-Control-Max-Age': '600',
        })
    }
    if (isPreflight) response.sendStatus(204)
    else next()
  }
}
