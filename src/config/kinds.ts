import { z } from 'zod'

/** How the text of a setting becomes its value. Its `description` says in words what is expected. */
export type Kind<Value> = z.ZodType<Value, string>

/** A kind whose `read` answers undefined for every text that it refuses. */
function kind<Value>(expected: string, read: (text: string) => Value | undefined): Kind<Value> {
  return z
    .string()
    .transform((text, context) => {
      const value = read(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message: expected })
      return z.NEVER
    })
    .describe(expected)
}

/** Any text, exactly as it was given: a password may well begin or end with a space. */
export const verbatim = kind('any text', (text) => text)

/** A text without surrounding space that matches `pattern` as a whole. */
export const textLike = (expected: string, pattern: RegExp): Kind<string> =>
  kind(expected, (text) => (pattern.test(text.trim()) ? text.trim() : undefined))

/** A whole number within the two bounds, both included. */
export const wholeNumber = (from: number, to: number): Kind<number> =>
  kind(`a whole number from ${from} to ${to}`, (text) => {
    const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN
    return value >= from && value <= to ? value : undefined
  })

/** A number of seconds above 0, decimals allowed. */
export const secondsUpTo = (most: number): Kind<number> =>
  kind(`a number of seconds above 0, at most ${most}`, (text) => {
    const value = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
    return value > 0 && value <= most ? value : undefined
  })

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
}

/** A yes or no, in any case. */
export const yesOrNo = kind('true or false (also yes, no, 1, 0)', (text) => truths[text.trim().toLowerCase()])

/** One of the given words, in any case. */
export const oneOf = <const Word extends string>(...words: readonly Word[]): Kind<Word> =>
  kind(`one of ${words.join(', ')}`, (text) => words.find((word) => word === text.trim().toLowerCase()))

/** The URL of a service, kept as it was written. MongoDB may list several hosts, which `URL` cannot parse. */
export const serviceUrl = (example: string, schemes: readonly string[]): Kind<string> =>
  kind(`a URL such as ${example}, reserved characters in the password percent-encoded`, (text) => {
    const url = text.trim()
    const scheme = /^([a-z+]+):\/\/\S+$/i.exec(url)?.[1]?.toLowerCase()
    if (scheme === undefined || !schemes.includes(scheme)) return undefined
    return scheme.startsWith('mongodb') || URL.canParse(url) ? url : undefined
  })

/** The base of HTTP URLs, as it was written but without slashes at its end. */
export const httpBase = kind('an http:// or https:// URL without ? and #', (text) => {
  const base = text.trim().replace(/\/+$/, '')
  return /^https?:\/\/[^\s?#]+$/i.test(base) && URL.canParse(base) ? base : undefined
})

/** An HTTP URL, as it was written. */
export const httpUrl = kind('an http:// or https:// URL', (text) => {
  const url = text.trim()
  return /^https?:\/\/[^\s/?#]+[^\s#]*$/i.test(url) && URL.canParse(url) ? url : undefined
})

/** A comma list of browser origins, each in the spelling that browsers send. */
export const origins = kind('origins such as https://ops.example.com, separated by commas', (text) => {
  const listed = text.split(',').flatMap((part) => part.trim().replace(/\/$/, '') || [])
  const parsed = listed.map((origin) => (URL.canParse(origin) ? new URL(origin).origin : 'null'))
  return parsed.every((origin, at) => origin === listed[at]?.toLowerCase()) ? parsed : undefined
})

/** A host name or an IP address; the brackets around an IPv6 address are dropped. */
export const host = kind('a host name or an IP address', (text) => {
  const name = text.trim().replace(/^\[(.*)\]$/, '$1')
  return /^[\w.:%-]+$/.test(name) ? name : undefined
})
