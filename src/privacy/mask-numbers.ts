import { DAY, GAP, PLUS, SPLIT } from './number-spelling.js'

/** Digits from which on a number is long enough to show four at each end. */
const LONG = 11

/** A phone number that shows where it belongs and how it ends, and nothing between: `+1415***2671`. */
export function maskNumber(number: string): string {
  const [, plus = '', rest = ''] = /^(\+?)(.*)$/s.exec(number) ?? []
  const digits = rest.replaceAll(/\D/g, '')
  const shown = digits.length >= LONG ? 4 : 2
  return `${plus}${digits.slice(0, shown)}***${digits.slice(-shown)}`
}

/** Another digit of the same number, perhaps after a gap; what begins a day is none. */
const MORE = `(?:${GAP}(?!${DAY})\\d)`

/** What a form or a JSON text encodes comes before: its last character is no part of a word. */
const ENCODED = String.raw`(?<=%[0-9a-f]{2}|\\[nrt])(?<!%2B)`

/** Nothing comes before that would make it a part of a longer word, a SID, a UUID or a decimal fraction. */
const FREE = `(?:${ENCODED}|(?<![\\w.+%-]))`

/** The same, where its form alone says nearly enough. */
const LOOSE = `(?:${ENCODED}|(?<![\\w.%]|\\d[-+]))`

/** Seconds or milliseconds since 1970, from 2017 to 2033, and times such as 20261127101530: no number begins like these and is as long. */
const TIME = String.raw`(?:1[5-9]\d{8}|1[5-9]\d{11}|20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)(?!\d)`

const OPEN = String.raw`(?:\(|%28)`
const CLOSE = String.raw`(?:\)|%29)`

/** Each way to write a phone number, from the one that is surest to the one that is least so. */
const spellings = [
  // +14155552671, also behind `whatsapp:` and within URLs
  `${PLUS}\\d{10,15}(?!\\d)`,
  // (415) 555-2671, +1 (415) 555-2671, 415-555-2671, 1.415.555.2671: three, three and four
  `(?:(?:${PLUS}|00)?1${GAP}|${LOOSE})${OPEN}\\d{3}${CLOSE}${GAP}\\d{3}${GAP}\\d{4}(?!\\d)`,
  `(?:${PLUS}1${GAP}|${LOOSE}(?:(?:00)?1${SPLIT})?)[2-9]\\d{2}(?:${SPLIT}\\d{3}${SPLIT}|-\\d{3})\\d{4}(?!\\d|-\\d)`,
  // +44 20 7183 8750, +49 (0)30 1234567, +15551234
  `${PLUS}[1-9]${MORE}{6,14}(?!\\d)`,
  // (11) 96123-4567, (030) 1234567
  `${OPEN}\\d{2,5}${CLOSE}${GAP}\\d${MORE}{5,9}(?!\\d)`,
  // 020 7183 8750, 06 12 34 56 78, 0044 20 7183 8750: nine digits or more, in groups
  `${FREE}(?!${DAY})0(?=${MORE}{8})\\d{1,5}${SPLIT}(?!${DAY})\\d${MORE}{3,12}(?!\\d)`,
  // 14155552671, written without its plus
  `${FREE}(?!${TIME})\\d{10,15}(?![\\w-]|\\.\\d)`,
]

/** Finds whatever looks like a phone number, without case; in the language of PostgreSQL and of JavaScript alike. */
export const NUMBER_EXPRESSION = spellings.join('|')

/** With what each of them begins looked for first: ten times as fast in words, which a text of 64 KB notices. */
const looksLikeNumber = new RegExp(`(?=[+%(\\d])(?:${NUMBER_EXPRESSION})`, 'gi')

/** The text with everything masked that looks like a phone number. */
export function maskNumbers(text: string): string {
  return text.replace(looksLikeNumber, (found) => {
    const [plus = ''] = /^(?:\+|%2B)/i.exec(found) ?? []
    return plus + maskNumber(withoutCodes(found.slice(plus.length)))
  })
}

/** Everything in the text that looks like a phone number, as it stands there. */
export function numbersIn(text: string): string[] {
  return text.match(looksLikeNumber) ?? []
}

/** The text with a star in the place of everything that looks like a phone number. */
export function withoutNumbers(text: string): string {
  return text.replace(looksLikeNumber, '*')
}

/** The digits that are the number's, and not those by which a form encodes what stands between them. */
function withoutCodes(found: string): string {
  return found.replaceAll(/%(?:20|28|29|2F|C2%A0)/gi, ' ')
}

/** Fields, without case and `_`, that hold an address: of Twilio's records and webhooks, of ours, and of REST. */
const addressFields = new Set(
  'from to fromnumber tonumber fromformatted toformatted caller called forwardedfrom'.split(' '),
)

const isAddressField = (field: string): boolean => addressFields.has(field.toLowerCase().replaceAll('_', ''))

const ADDRESS = new RegExp(`^(?!${DAY}|${TIME})\\+?\\d(?:${GAP}\\d){6,14}$`)

/** What is in such a field: digits alone are a number there, however few; the name of a sender is none. */
export function maskAddress(address: string): string {
  return ADDRESS.test(address) ? maskNumber(address) : maskNumbers(address)
}

/** A copy of JSON with every text, number and key in it masked that looks like a phone number. */
export function maskNumbersIn(value: unknown): unknown {
  return copyOf(value, maskNumbers, () => maskNumbers)
}

/**
 * The same for a record or what is made of one: its fields say what is an address.
 *
 * @param field the name of the field that it stands in itself
 */
export function maskRecord(record: unknown, field = ''): unknown {
  const maskOf = (key: string) => (isAddressField(key) ? maskAddress : maskNumbers)
  return copyOf(record, maskOf(field), maskOf)
}

type Mask = (text: string) => string

function copyOf(value: unknown, mask: Mask, maskOf: (field: string) => Mask): unknown {
  if (typeof value === 'string') return mask(value)
  if (typeof value === 'number') {
    const text = String(value)
    const masked = mask(text)
    return masked === text ? value : masked
  }
  if (Array.isArray(value)) return value.map((item) => copyOf(item, mask, maskOf))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const copy = new Map<string, unknown>()
  for (const [key, inner] of Object.entries(value))
    copy.set(freeKey(maskNumbers(key), copy), copyOf(inner, maskOf(key), maskOf))
  return Object.fromEntries(copy)
}

/** Two numbers may look the same once they are masked; what stands under them must not get lost. */
function freeKey(key: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(key)) return key
  for (let round = 2; ; round += 1) if (!taken.has(`${key} (${round})`)) return `${key} (${round})`
}
