import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** What may stand between two digits of a number as people write it. */
const BETWEEN = '[ ().\\-/\\u00a0]{0,3}'

/** Digits from which on a number without its calling code is taken for the same: shorter ones may be anything. */
const LEAST_NATIONAL = 8

/** A phone number that is looked for wherever it may stand. */
export interface NumberPattern {
  /** With its plus, digits only. */
  readonly number: string
  /** An expression that finds it in every usual spelling, in the language of PostgreSQL and of JavaScript alike. */
  readonly expression: string
}

/** null for what is no phone number: it must have its calling code, such as `+14155552671` or `+1 (415) 555-2671`. */
export function numberPattern(given: string): NumberPattern | null {
  const compact = given.trim().replaceAll(/[\s().\-/]/g, '')
  if (!/^\+[1-9]\d{6,14}$/.test(compact)) return null
  const digits = compact.slice(1)
  const parsed = parsePhoneNumberFromString(compact)
  const national = parsed ? digits.slice(parsed.countryCallingCode.length) : digits
  const [code, rest] =
    national.length >= LEAST_NATIONAL ? [digits.slice(0, -national.length), national] : ['', digits]
  const prefix =
    code === '' ? '(?:\\+|00|%2B)?' : `(?:(?:\\+|00|%2B)?${spelled(code)}${BETWEEN}(?:\\(0\\))?)?`
  return { number: compact, expression: `(?<!\\d)${prefix}${spelled(rest)}(?!\\d)` }
}

function spelled(digits: string): string {
  return [...digits].join(BETWEEN)
}
