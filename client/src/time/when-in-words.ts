import { say } from '../strings.js'
import { absoluteTime, type Zone } from './absolute-time.js'
import type { When } from './bounds.js'

/** From when to when, in a few words; null for all of time. */
export function whenInWords({ since, until }: When, zone: Zone): string | null {
  const momentOf = (text: string): string => absoluteTime(text, zone, 'minute')
  const span = /^(\d+)([mhd])$/.exec(since)
  const from = span ? say.span.back(Number(span[1]), span[2] as 'm' | 'h' | 'd') : momentOf(since)
  if (until === '') return since === '' ? null : span ? from : say.span.since(from)
  return since === '' ? say.span.until(momentOf(until)) : say.span.range(from, momentOf(until))
}
