import { type IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'
import express, { type RequestHandler, type Router } from 'express'

/** All figures as Prometheus reads them. */
export type Exposition = () => Promise<{ readonly contentType: string; readonly text: string }>

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** `/metrics`: for a scraper on this machine as it is, for every other one with a key. */
export function metricsRoute(requireKey: RequestHandler, exposition: Exposition): Router {
  const router = express.Router()
  router.get(
    '/metrics',
    (request, response, next) => {
      if (isLocal(request)) return next()
      return requireKey(request, response, next)
    },
    async (_request, response) => {
      const { contentType, text } = await exposition()
      response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text)
    },
  )
  return router
}

/** From this machine itself. A proxy on this machine hands on what comes from anywhere, and says so in a header. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false
  const { remoteAddress = '', remoteFamily } = socket
  return loopback.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4')
}
