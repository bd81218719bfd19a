import type { RequestHandler } from 'express'
import { hostOf } from './address.js'

/**
 * Headers that every answer carries. The page may load nothing but its own files and talk to nothing but this server; its
 * socket is named besides 'self', which older browsers do not take to mean sockets too.
 */
export const securityHeaders: RequestHandler = (request, response, next) => {
  const host = hostOf(request)
  const sockets = host === null ? '' : ` ws://${host} wss://${host}`
  response.set({
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self'${sockets}`,
      "manifest-src 'self'",
      "base-uri 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  })
  next()
}
