import express, { type RequestHandler } from 'express'

/** Size of a body, in bytes. */
const MAX_BODY = 1024 * 1024

/**
 * Fields of a body, as far as colons tell: many more than anything that is asked for here has. To read a megabyte of nothing but fields
 * takes a hundred times its memory and a tenth of a second, in which nobody else is served.
 */
const MAX_FIELDS = 20_000

/** What is said with 413. */
export const TOO_LARGE = `The body is over ${MAX_BODY} bytes, or has over ${MAX_FIELDS} fields.`

/** Reads JSON, which is UTF-8: what says that it is anything else is refused, and never decoded as what it says. */
export function jsonBody(...types: readonly string[]): RequestHandler {
  return express.json({
    limit: MAX_BODY,
    type: ['application/json', ...types],
    verify: (_request, _response, bytes, charset) => {
      if (charset !== 'utf-8') throw refused(415, 'charset.unsupported')
      if (hasMoreFields(bytes)) throw refused(413, 'entity.too.large')
    },
  })
}

/** As body-parser names its own refusals. */
const refused = (status: number, type: string): Error => Object.assign(new Error(type), { status, type })

function hasMoreFields(bytes: Buffer): boolean {
  let count = 0
  for (let at = bytes.indexOf(':'); at >= 0; at = bytes.indexOf(':', at + 1))
    if (++count > MAX_FIELDS) return true
  return false
}
