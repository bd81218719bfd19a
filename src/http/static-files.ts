import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import express, { type RequestHandler, type Response } from 'express'

/** How a copy made at build is encoded, by the ending of its name; the smallest first. */
const copies = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const

/**
 * The files of `directory`, each by the smallest copy that the build has left beside it and the reader can read: see
 * `scripts/build.js`. (express-static-gzip does the same, but drops the `Vary` of whoever answered before it.)
 *
 * @param setHeaders is given the path of the file that is asked for, not that of its copy
 */
export function staticFiles(
  directory: string,
  setHeaders: (response: Response, path: string) => void,
): RequestHandler {
  const known = new Set(existsSync(directory) ? filesIn(directory) : [])
  const serve = express.static(directory, {
    index: 'index.html',
    redirect: false,
    setHeaders: (response: Response, path: string) => {
      const copy = copies.find(({ ending }) => path.endsWith(ending))
      const original = copy ? path.slice(0, -copy.ending.length) : path
      if (copy) response.type(extname(original)).set('Content-Encoding', copy.encoding)
      setHeaders(response, original)
    },
  })
  return (request, response, next) => {
    const { url, path } = request
    const file = path.endsWith('/') ? `${path}index.html` : path
    const made = copies.filter(({ ending }) => known.has(file + ending))
    if (made.length === 0) return serve(request, response, next)
    response.vary('Accept-Encoding')
    const copy = made.find(({ encoding }) => request.acceptsEncodings(encoding))
    if (copy) request.url = file + copy.ending
    serve(request, response, (error?: unknown) => {
      request.url = url
      next(error)
    })
  }
}

/** As addresses name them: from the folder on, with slashes. */
function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map(
    (name) => `/${name.replaceAll('\\', '/')}`,
  )
}
