import { readFileSync } from 'node:fs'

/** What a Twilio error code means, in words. */
export interface ErrorExplanation {
  readonly code: string
  readonly name: string
  readonly description: string
  /** Twilio's own page about it. */
  readonly url: string
  /** False where the dictionary does not hold the code: Twilio adds codes without notice. */
  readonly known: boolean
}

interface Dictionary {
  readonly page: string
  readonly codes: Readonly<Record<string, { readonly name: string; readonly description: string }>>
}

const dictionary = JSON.parse(
  readFileSync(new URL('./error-codes.json', import.meta.url), 'utf8'),
) as Dictionary

/** Explains a code; one that is not in the dictionary is still named and linked, never dropped. */
export function explainErrorCode(code: string): ErrorExplanation {
  const url = dictionary.page.replace('{code}', encodeURIComponent(code))
  const entry = Object.hasOwn(dictionary.codes, code) ? dictionary.codes[code] : undefined
  if (entry) return { code, name: entry.name, description: entry.description, url, known: true }
  return {
    code,
    name: `Error ${code}`,
    description: 'This code is not in the built-in dictionary; its page at Twilio may say more.',
    url,
    known: false,
  }
}
