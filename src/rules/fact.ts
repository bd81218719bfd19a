import type { LogType } from '../sources/log.js'

/** One state that a log passed through: all that a pattern may look at. */
export interface Fact {
  readonly logType: LogType
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  /** Message body or decoded alert text. */
  readonly text: string | null
}

/** How far into each field a regex looks, in UTF-16 units: it bounds what one hostile pattern can cost. */
export const SEARCHED_UNITS = 4096

/** The texts that a regex searches, in its order, each cut to `SEARCHED_UNITS`; none where the fact has no words. */
export function searchedTexts(fact: Fact): readonly string[] {
  const texts: string[] = []
  if (fact.errorMessage !== null) texts.push(cut(fact.errorMessage))
  // Monitor alerts without a `Msg` carry the same words in both fields.
  const text = fact.text === null ? null : cut(fact.text)
  if (text !== null && text !== texts[0]) texts.push(text)
  return texts
}

function cut(text: string): string {
  return text.length > SEARCHED_UNITS ? text.slice(0, SEARCHED_UNITS) : text
}
