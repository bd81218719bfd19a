import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { DAY, GAP, PLUS } from '../privacy/number-spelling.js'

/** Digits from which on a number without its calling code is taken for the same: shorter ones may be anything. */
const LEAST_NATIONAL = 8

/** Opens an area code, and goes with it. */
const BRACKET = String.raw`(?:\((?=\d{1,5}\))|%28(?=\d{1,5}%29))?`

/** A phone number that is looked for wherever it may stand. */
export interface NumberPattern {
  /** With its plus, digits only. */
  readonly number: string
  /** Its digits after the calling code, where these alone are taken for the same; else null. */
  readonly national: string | null
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
  if (national.length < LEAST_NATIONAL || national === digits)
    return { number: compact, national: null, expression: alone(`(?:${PLUS}|00)?${spelled(digits)}`) }
  const code = digits.slice(0, -national.length)
  const international = `(?:${PLUS}|00)?${spelled(code)}${GAP}(?:\\(0\\))?${GAP}${spelled(national)}`
  // Eight digits may be a day: without its calling code a number never begins like 2026-11-22.
  const trunk = `(?:0${GAP})?(?!${DAY})${spelled(national)}`
  return { number: compact, national, expression: alone(`(?:${international}|${trunk})`) }
}

/** No part of a longer row of digits; what a form encodes, such as %20, may come before. */
function alone(expression: string): string {
  return `(?:(?<=%[0-9a-f]{2})|(?<!\\d))${BRACKET}${expression}(?!\\d)`
}

function spelled(digits: string): string {
  return [...digits].join(GAP)
}
