/** Digits from which on a number is long enough to show four at each end. */
const LONG = 11

/** A phone number that shows where it belongs and how it ends, and nothing between: `+1415***2671`. */
export function maskNumber(number: string): string {
  const [, plus = '', digits = ''] = /^(\+?)(.*)$/s.exec(number) ?? []
  const shown = digits.length >= LONG ? 4 : 2
  return `${plus}${digits.slice(0, shown)}***${digits.slice(-shown)}`
}

/** As numbers stand in texts, also behind `whatsapp:` and within URLs, where the plus is `%2B`. */
const international = /(\+|%2B)(\d{7,15})(?!\d)/gi

/** A number that somebody wrote without its plus; no part of a UUID, a SID, a decimal fraction or a longer word. */
const bare = /(?<![\w.+%-])\d{10,15}(?![\w-]|\.\d)/g

/** The text with every number that has a plus masked. Safe on JSON, in which those stand within quotes only. */
export function maskInternational(text: string): string {
  return text.replace(international, (_, plus: string, digits: string) => `${plus}${maskNumber(digits)}`)
}

/** The text with everything masked that looks like a phone number. */
export function maskNumbers(text: string): string {
  return maskInternational(text).replace(bare, maskNumber)
}

/** A copy of JSON with every text in it masked, keys aside. */
export function maskNumbersIn(value: unknown): unknown {
  if (typeof value === 'string') return maskNumbers(value)
  if (Array.isArray(value)) return value.map(maskNumbersIn)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskNumbersIn(inner)]))
}
