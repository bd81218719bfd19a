import { demoCall } from '../src/demo/demo-call.js'
import { demoMessage } from '../src/demo/demo-message.js'
import { Draws } from '../src/demo/draws.js'
import type { Sighting } from '../src/sources/log.js'
import { readRecords } from '../src/sources/to-sighting.js'

/** As many as Twilio gives at most in one page. */
export const PAGE = 1_000

const ACCOUNT = 'AC0123456789abcdef0123456789abcdef'
const SEED = 20_261_101
const DAY_MS = 86_400_000

/** Finished messages and calls of one day, newest first, with every field that Twilio sends; the same at every run. */
export function sightingsOfADay(count: number, endsAt: Date): Sighting[] {
  const records = Array.from({ length: count }, (_, index) => {
    const draws = new Draws(SEED, index)
    const bornAt = endsAt.getTime() - Math.floor((index / count) * DAY_MS)
    const isCall = draws.chance(0.2)
    const seed = { accountSid: ACCOUNT, bornAt, draws, incident: null }
    return isCall
      ? { source: 'calls' as const, record: demoCall({ ...seed, sid: `CA${draws.hex(32)}` }, Infinity) }
      : {
          source: 'messages' as const,
          record: demoMessage({ ...seed, sid: `SM${draws.hex(32)}`, failsSoon: false }, Infinity),
        }
  })
  return records.flatMap(({ source, record }) => {
    const { sightings } = readRecords([record], { source, accountSid: ACCOUNT, readAt: endsAt })
    return sightings
  })
}

export function pagesOf(sightings: readonly Sighting[]): Sighting[][] {
  const pages: Sighting[][] = []
  for (let from = 0; from < sightings.length; from += PAGE) pages.push(sightings.slice(from, from + PAGE))
  return pages
}
