import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type RequestHandler, type Response, type Router } from 'express'
import { staticFiles } from './static-files.js'

/** The parts of the dashboard that have an address of their own; `client/src/app/navigation.ts` leads to them. */
const DASHBOARD = /^\/(live|logs|alerts|deliveries|rules|actions|settings|graphiql)(?:\/[\w.~-]+)*\/?$/

/** No file, and nothing of the API: what somebody has typed or followed into nothing. */
const NOWHERE = /^\/(?!api\/|webhooks\/)[^.]*$/

/**
 * The page at `/`: the files that the client's build left in `directory`, and the page itself at every address of the
 * dashboard, where it names the parts that are needed there (`client/page-files.ts`); a browser that asks for any other gets it too, to be told there that there is no such page. Built files carry a digest in
 * their name and never change; the page itself is asked for anew each time.
 */
export function page(directory: string): Router {
  const router = express.Router()
  const serve = dashboard(directory)
  router.get(DASHBOARD, serve)
  router.use(
    staticFiles(directory, (response, path) => {
      const isDigested = /[\\/]assets[\\/]/.test(path)
      response.setHeader('Cache-Control', isDigested ? 'public, max-age=31536000, immutable' : NO_CACHE)
    }),
  )
  router.get(NOWHERE, (request, response, next) => {
    if (request.accepts(['json', 'html']) !== 'html') return next()
    response.status(404)
    return serve(request, response, next)
  })
  return router
}

const NO_CACHE = 'no-cache'

/**
 * The page names its files relative to `/`, so that it works behind a proxy that serves it under a path. Further down it is
 * told how to get there, relative too: the path that the reader's browser sees is not known here.
 */
function dashboard(directory: string): RequestHandler {
  return async (request, response, next) => {
    const { 0: part = 'index' } = request.params
    const html = await readFile(join(directory, `${part}.html`), 'utf8').catch(() => null)
    if (html === null) return next()
    const depth = request.path.split('/').length - 2
    sendPage(response, html.replace('<head>', `<head>\n    <base href="${'../'.repeat(depth) || './'}" />`))
  }
}

function sendPage(response: Response, html: string): void {
  response.set('Cache-Control', NO_CACHE).type('html').send(html)
}
