/** What may stand between two digits of a phone number: as people write it, in typeset texts, and as forms encode either. */
const SEPARATOR = String.raw`(?:[ ().\-/+\u00a0\u2009\u202f\u2010-\u2013]|%20|%28|%29|%2F|%C2%A0)`

/** At most three of them, or nothing. In the language of PostgreSQL and of JavaScript alike, as all of these. */
export const GAP = `${SEPARATOR}{0,3}`

/** The same, where something has to stand. */
export const SPLIT = `${SEPARATOR}{1,3}`

/** The plus before a calling code, plain or as forms encode it. */
export const PLUS = String.raw`(?:\+|%2B)`

/** At the beginning of a day, year first or last: digits in groups too, and no phone number. */
export const DAY = String.raw`(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d\d)(?!\d)`
