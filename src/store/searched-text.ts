import { SEARCHED_UNITS } from '../rules/fact.js'

/** Of the text of a log `l` what rules search: the rest of 64 KB would be read, decoded and thrown away. */
export const SEARCHED_TEXT = `left(l.text, ${SEARCHED_UNITS})`
