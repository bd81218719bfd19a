import { readFileSync } from 'node:fs'

/** What a Twilio error code means, in words. */
export interface ErrorExplanation {
  readonly code: string
  readonly name: string
  readonly description: string
  /** What to do about it. */
  readonly remedy: string
  /** Twilio's own page about it. */
  readonly url: string
  /** False where the dictionary does not hold the code: Twilio adds codes without notice. */
  readonly known: boolean
}

interface Entry {
  readonly name: string
  readonly description: string
  readonly area: string
  readonly remedy?: string
}

interface Dictionary {
  readonly page: string
  /** What to do about the codes of an area that have no remedy of their own. */
  readonly areas: Readonly<Record<string, string>>
  readonly codes: Readonly<Record<string, Entry>>
}

const dictionary = JSON.parse(
  readFileSync(new URL('./error-codes.json', import.meta.url), 'utf8'),
) as Dictionary

/** Explains a code; one that is not in the dictionary is still named and linked, never dropped. */
export function explainErrorCode(code: string): ErrorExplanation {
  const url = dictionary.page.replace('{code}', encodeURIComponent(code))
  const entry = Object.hasOwn(dictionary.codes, code) ? dictionary.codes[code] : undefined
  if (!entry)
    return {
      code,
      name: `Error ${code}`,
      description: 'This code is not in the built-in dictionary; its page at Twilio may say more.',
      remedy: "Open Twilio's page about it.",
      url,
      known: false,
    }
  const { name, description, area } = entry
  const remedy = entry.remedy ?? dictionary.areas[area] ?? ''
  return { code, name, description, remedy, url, known: true }
}
