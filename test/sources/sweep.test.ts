import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweep } from '../../src/sources/sweep.js'
import { createTwilioAccount } from '../../src/sources/twilio-account.js'
import type { SourceName } from '../../src/sources/log.js'
import type { RawRecord } from '../../src/demo/world.js'
import { simulatedTwilio, type SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import { after, delayed, emptyPage, repeatedPage } from '../fixtures/twilio-faults.js'

const now = new Date('2026-08-18T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const HOUR = 3_600

let twilio: SimulatedTwilio

beforeEach(async () => {
  twilio = await simulatedTwilio()
})
afterEach(() => twilio.stop())

/** Sweeps back to `bound` and gives every SID in the order in which it was stored. */
async function swept(
  source: SourceName,
  bound: Date,
  signal = new AbortController().signal,
): Promise<string[]> {
  const { accountSid, authToken, url } = twilio
  const account = createTwilioAccount({ accountSid, username: accountSid, password: authToken, baseUrl: url })
  const sids: string[] = []
  const seen = await sweep({
    account,
    source,
    bound,
    clock: () => now,
    signal,
    onPage: async (page) => void sids.push(...page.sightings.map((sighting) => sighting.twilioSid)),
  })
  expect(new Set(sids)).toEqual(seen)
  return sids
}

function addMessages(count: number, at: (n: number) => Date, fields = {}): RawRecord[] {
  return Array.from({ length: count }, (_, n) => twilio.world.addMessage(fields, at(n)))
}
const sidsOf = (records: readonly RawRecord[]) => new Set(records.map((record) => record.sid))

describe('a sweep', () => {
  it('reads on until a whole page is older than the bound, and not one page more', async () => {
    addMessages(5_000, (n) => ago(n))
    const sids = await swept('messages', ago(1_500))
    expect(sids).toHaveLength(3_000)
    expect(twilio.requests.entries).toHaveLength(3)
  })

  it('counts a page as older by the newest of its dates', async () => {
    addMessages(3_000, (n) => ago(HOUR + n))
    const changed = twilio.world.records('messages')[1_500]
    twilio.world.update(changed?.sid ?? '', { status: 'read' }, ago(1))
    expect(await swept('messages', ago(60))).toHaveLength(1_000)
    twilio.world.update(twilio.world.records('messages')[0]?.sid ?? '', { status: 'read' }, ago(1))
    expect(await swept('messages', ago(60))).toHaveLength(3_000)
  })

  it('finds everything while records arrive at the head and go elsewhere between its pages', async () => {
    const before = addMessages(3_500, (n) => ago(n))
    const gone = before[2_700]?.sid ?? ''
    twilio.faults.next((_exchange, next) => next())
    twilio.faults.next(after(() => addMessages(1_200, () => now)))
    twilio.faults.next(after(() => twilio.world.remove(gone)))
    const sids = new Set(await swept('messages', ago(24 * HOUR)))
    const missed = before.filter((record) => record.sid !== gone && !sids.has(record.sid))
    expect(missed).toEqual([])
  })

  it('finds everything where thousands share one second', async () => {
    const before = addMessages(2_500, () => ago(10))
    expect(new Set(await swept('messages', ago(60)))).toEqual(sidsOf(before))
  })

  it('finds what was created long ago and sent just now in a list ordered by date_sent', async () => {
    await twilio.stop()
    twilio = await simulatedTwilio({ order: 'sent' })
    addMessages(2_000, (n) => ago(30 + n))
    const sent = ago(5).toUTCString().replace('GMT', '+0000')
    const late = twilio.world.addMessage({ date_sent: sent }, ago(50 * HOUR))
    expect(await swept('messages', ago(60))).toContain(late.sid)
  })

  it('goes on behind pages of old messages that were never sent, which may stand before all others', async () => {
    await twilio.stop()
    twilio = await simulatedTwilio({ order: 'unsent-first' })
    addMessages(2_500, (n) => ago(50 * HOUR + n), { date_sent: null, status: 'queued' })
    const sent = addMessages(1_500, (n) => ago(5 + n))
    expect(await swept('messages', ago(60))).toContain(sent[0]?.sid)
  })

  it('is not led far by a list in which nothing was ever sent', async () => {
    addMessages(12_000, (n) => ago(50 * HOUR + n), { date_sent: null, status: 'queued' })
    expect(await swept('messages', ago(60))).toHaveLength(6_000)
  })

  it('goes on behind an empty page', async () => {
    const all = addMessages(1_500, (n) => ago(n))
    twilio.faults.next(emptyPage)
    expect(new Set(await swept('messages', ago(HOUR)))).toEqual(sidsOf(all))
  })

  it('ends with its signal', async () => {
    addMessages(2_500, (n) => ago(n))
    const stop = new AbortController()
    twilio.faults.next(delayed(0))
    twilio.faults.next(after(() => stop.abort(new Error('enough'))))
    await expect(swept('messages', ago(24 * HOUR), stop.signal)).rejects.toThrow('enough')
  })
})

describe('paging that leads nowhere', () => {
  it('is given up when a page leads to itself', async () => {
    addMessages(1_500, (n) => ago(n))
    twilio.faults.next(repeatedPage, { times: Infinity })
    await expect(swept('messages', ago(HOUR))).rejects.toThrow('does not end')
    expect(twilio.requests.entries.length).toBeLessThan(5)
  })

  it('is given up when new links bring nothing new', async () => {
    addMessages(10, (n) => ago(n))
    twilio.faults.next(emptyPage, { times: Infinity })
    await expect(swept('messages', ago(HOUR))).rejects.toThrow('does not end')
    expect(twilio.requests.entries.length).toBeLessThan(200)
  })
})

describe('more alerts than one query gives', () => {
  it('are read by further queries from the oldest date on', async () => {
    const all = Array.from({ length: 21_500 }, (_, n) => twilio.world.addAlert({}, ago(n / 10)))
    const sids = await swept('alerts', ago(24 * HOUR))
    expect(new Set(sids)).toEqual(sidsOf(all))
    const queries = new Set(twilio.requests.entries.map((request) => request.query.get('EndDate')))
    expect(queries.size).toBe(3)
  })

  it('are not asked for when the bound comes before', async () => {
    for (let n = 0; n < 12_000; n++) twilio.world.addAlert({}, ago(n))
    expect(await swept('alerts', ago(8_500))).toHaveLength(10_000)
    expect(twilio.requests.entries.every((request) => !request.query.has('EndDate'))).toBe(true)
  })

  it('fail the sweep when they all share one second', async () => {
    for (let n = 0; n < 10_001; n++) twilio.world.addAlert({}, ago(5))
    await expect(swept('alerts', ago(HOUR))).rejects.toThrow('no earlier ones')
  })
})
