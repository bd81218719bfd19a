import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type Router } from 'express'

/** The pages of REST at `/docs`, which the client's build left in `directory`; other names for them lead there. */
export function docsPage(directory: string): Router {
  const router = express.Router({ strict: true })
  router.get('/docs', async (_request, response, next) => {
    const html = await readFile(join(directory, 'docs.html'), 'utf8').catch(() => null)
    if (html === null) next()
    else response.set('Cache-Control', 'no-cache').type('html').send(html)
  })
  // Relative, like the addresses in the page: behind a proxy all of it may lie under a path.
  router.get('/redoc', (_request, response) => response.redirect('docs'))
  router.get(['/docs/', '/redoc/'], (_request, response) => response.redirect('../docs'))
  return router
}
