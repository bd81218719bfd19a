import express, { type Router } from 'express'

/**
 * The page at `/`: the files that the client's build left in `directory`. Built files carry a digest in their name and
 * never change; the page itself is asked for anew each time.
 */
export function page(directory: string): Router {
  const router = express.Router()
  router.use(
    express.static(directory, {
      index: 'index.html',
      redirect: false,
      setHeaders: (response, path) => {
        const isDigested = /[\\/]assets[\\/]/.test(path)
        response.setHeader('Cache-Control', isDigested ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
  )
  return router
}
