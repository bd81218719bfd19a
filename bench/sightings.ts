import { demoCall } from '../src/demo/demo-call.js'
import { demoMessage } from '../src/demo/demo-message.js'
import { Draws } from '../src/demo/draws.js'
import type { Sighting } from '../src/sources/log.js'
import { readRecords } from '../src/sources/to-sighting.js'

/** As many as Twilio gives at most in one page. */
export const PAGE = 1_000

const ACCOUNT = 'AC0123456789abcdef0123456789abcdef'
/** Between two records of one source, in milliseconds. */
const APART_MS = 1_000

/**
 * One page of that source's finished records, newest first, with every field that Twilio sends. The same numbers give the same
 * records at every run; pages are made one by one, so that a run does not measure how long a large heap takes to be swept.
 */
export async function pageOf(
  source: 'calls' | 'messages',
  page: number,
  endsAt: Date,
): Promise<readonly Sighting[]> {
  const records = Array.from({ length: PAGE }, (_, index) => {
    const draws = new Draws(source === 'calls' ? 1 : 2, page, index)
    const bornAt = endsAt.getTime() - (page * PAGE + index) * APART_MS
    const seed = { accountSid: ACCOUNT, bornAt, draws, incident: null }
    return source === 'calls'
      ? demoCall({ ...seed, sid: `CA${draws.hex(32)}` }, Infinity)
      : demoMessage({ ...seed, sid: `SM${draws.hex(32)}`, failsSoon: false }, Infinity)
  })
  // As a poll gets them: parsed from an answer's text.
  const parsed = JSON.parse(JSON.stringify(records)) as unknown[]
  const { sightings } = await readRecords(parsed, { source, accountSid: ACCOUNT, readAt: endsAt })
  return sightings
}
