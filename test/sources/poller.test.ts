import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Intercept } from '../../src/demo/twilio-simulator.js'
import { sourceNames, type Sighting } from '../../src/sources/log.js'
import { LEASE_SECONDS } from '../../src/sources/poll-store.js'
import {
  connectionReset,
  delayed,
  emptyRecord,
  forbidden,
  heldUntil,
  htmlPage,
  serverError,
  tooManyRequests,
  truncatedBody,
  unauthorized,
} from '../fixtures/twilio-faults.js'
import { RefusedData } from './memory-poll-store.js'
import { watchedAccount, type WatchedAccount } from './watched-account.js'

const canary = 'CANARY-51b2e7-token'
const HOUR = 3_600

let now: Date
let watched: WatchedAccount
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const pass = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))
const poll = (source: (typeof sourceNames)[number] = 'messages') =>
  watched.poller.poll(source, { force: false })

/** A page of messages, so that a sweep no longer reaches what is older. */
function bury(): void {
  for (let n = 0; n < 1_000; n++) watched.twilio.world.addMessage({}, ago(16 * 60))
}

/** Requests for those single records fail from now on; lists and all others are answered. */
const failWhen = (isAsked: (sid: string | null) => boolean, fault: Intercept) =>
  watched.twilio.faults.next(
    (exchange, next) => (isAsked(exchange.request.route?.sid ?? null) ? fault(exchange, next) : next()),
    { times: Infinity },
  )

beforeEach(async () => {
  now = new Date('2026-08-18T12:00:00.700Z')
  watched = await watchedAccount({ now: () => now, authToken: canary })
})
afterEach(() => watched.stop())

describe('when a source is polled', () => {
  it('is at once, then an interval after the last start', async () => {
    expect(await poll()).toEqual({ kind: 'polled', stored: 0, changed: 0 })
    pass(59)
    expect(await poll()).toEqual({ kind: 'not-due' })
    pass(1)
    expect(await poll()).toMatchObject({ kind: 'polled' })
  })

  it('is now for who forces it, due or not', async () => {
    await poll()
    watched.twilio.world.addMessage({}, now)
    expect(await watched.poller.poll('messages', { force: true })).toMatchObject({
      kind: 'polled',
      stored: 1,
    })
  })

  it('is after the poll under way for who forces it, and one poll serves all who wait', async () => {
    let letGo = () => {}
    watched.twilio.faults.next(heldUntil(new Promise<void>((resolve) => (letGo = resolve))))
    const underWay = poll()
    const other = watched.anotherPoller()
    const forced = [1, 2, 3].map(() => other.poll('messages', { force: true }))
    await expect.poll(() => watched.twilio.requests.entries.length).toBe(1)
    expect(await poll()).toEqual({ kind: 'not-due' })
    letGo()
    await Promise.all([underWay, ...forced])
    expect(watched.twilio.requests.entries).toHaveLength(2)
  })

  it('never sees more than two requests open, however many processes poll', async () => {
    watched.twilio.faults.next(delayed(30), { times: Infinity })
    const other = watched.anotherPoller()
    await Promise.all([watched.poller.pollAll(), other.pollAll(), watched.poller.pollAll()])
    expect(sourceNames.map((source) => watched.store.row(source).error)).toEqual([null, null, null])
    expect(watched.twilio.requests.peakConcurrency).toBe(2)
    expect(watched.store.peakLeases).toBe(2)
  })
})

describe('what is read', () => {
  it('is every record of every source, counted once', async () => {
    watched.twilio.world.addMessage({}, ago(10))
    watched.twilio.world.addCall({}, ago(10))
    watched.twilio.world.addAlert({}, ago(10))
    watched.twilio.world.addRaw('calls', { sid: '', date_created: ago(1).toISOString() })
    expect(await watched.poller.pollAll()).toEqual({ stored: 3, changed: 0 })
    expect(await watched.poller.pollAll()).toEqual({ stored: 0, changed: 0 })
    expect(watched.unreadable[0]).toMatchObject({ source: 'calls', reason: 'no SID' })
  })

  it('reaches back by the days of the backfill first, by the look-back later', async () => {
    for (let n = 0; n < 4_000; n++) watched.twilio.world.addMessage({}, ago(n * 60))
    await poll()
    expect(watched.records.size).toBe(3_000)
    watched.twilio.requests.clear()
    pass(60)
    await poll()
    expect(watched.twilio.requests.entries).toHaveLength(2)
  })

  it('is stored no faster than it is judged', async () => {
    for (let n = 0; n < 2_500; n++) watched.twilio.world.addMessage({}, ago(10))
    let judge = () => {}
    watched.judgedSoFar = () =>
      watched.records.size < 1_000 ? Promise.resolve() : new Promise((resolve) => (judge = resolve))
    const underWay = poll()
    await expect.poll(() => watched.twilio.requests.entries.length).toBe(2)
    expect(watched.records.size).toBe(1_000)
    watched.judgedSoFar = () => Promise.resolve()
    judge()
    expect(await underWay).toMatchObject({ kind: 'polled', stored: 2_500 })
  })

  it('holds late records and changes inside the look-back', async () => {
    const { sid } = watched.twilio.world.addMessage({ status: 'queued' }, ago(5))
    await poll()
    pass(60)
    const late = watched.twilio.world.addMessage({}, ago(10 * 60))
    watched.twilio.world.update(sid, { status: 'failed' }, now)
    expect(await poll()).toEqual({ kind: 'polled', stored: 1, changed: 1 })
    expect(watched.records.get(late.sid)?.backfilled).toBe(false)
  })
})

describe('backfill', () => {
  it('is what is older than the second in which the first page was read, in the first sweep only', async () => {
    const { world, faults } = watched.twilio
    const older = world.addMessage({}, new Date('2026-08-18T11:59:59Z'))
    const sameSecond = world.addMessage({}, new Date('2026-08-18T12:00:00Z'))
    await poll()
    pass(60)
    const late = world.addMessage({}, new Date('2026-08-18T11:59:59Z'))
    await poll()
    const backfilled = [older, sameSecond, late].map(({ sid }) => watched.records.get(sid)?.backfilled)
    expect(backfilled).toEqual([true, false, false])
    faults.clear()
  })

  it('keeps its limit over a first sweep that breaks off', async () => {
    const { world, faults } = watched.twilio
    for (let n = 0; n < 1_500; n++) world.addMessage({}, ago(10))
    faults.next((_exchange, next) => next())
    faults.next(serverError(500))
    expect(await poll()).toMatchObject({ kind: 'failed', stored: 1_000 })
    pass(120)
    const between = world.addMessage({}, ago(60))
    await poll()
    expect(watched.records.get(between.sid)?.backfilled).toBe(false)
    expect([...watched.records.values()].filter((record) => record.backfilled)).toHaveLength(1_500)
  })

  it('begins with the first page that was really read', async () => {
    watched.twilio.faults.next(unauthorized)
    await poll()
    expect(watched.store.row('messages').cursor.firstReadAt).toBeNull()
    const during = watched.twilio.world.addMessage({}, ago(-60))
    pass(HOUR)
    await poll()
    expect(watched.store.row('messages').cursor.firstReadAt).toEqual(now)
    expect(watched.records.get(during.sid)?.backfilled).toBe(true)
  })

  it('begins when the first request was sent, should the process die before the answer', async () => {
    const asked = now
    watched.twilio.faults.next(delayed(5_000))
    const dying = poll()
    await expect.poll(() => watched.twilio.requests.entries.length).toBe(1)
    await watched.poller.stop()
    expect(await dying).toMatchObject({ kind: 'cut-short' })
    const between = watched.twilio.world.addMessage({}, ago(-5))
    pass(30)
    await watched.anotherPoller().poll('messages', { force: false })
    expect(watched.store.row('messages').cursor.firstReadAt).toEqual(asked)
    expect(watched.records.get(between.sid)?.backfilled).toBe(false)
  })
})

describe('reading again by SID', () => {
  it('finds what the sweep no longer reaches, and settles what is gone', async () => {
    const { world } = watched.twilio
    const old = world.addMessage({ status: 'sent' }, ago(20 * HOUR))
    await poll()
    for (let n = 0; n < 2_000; n++) world.addMessage({}, ago(16 * 60))
    world.update(old.sid, { status: 'undelivered', error_code: 30003 }, now)
    const fresh = world.addMessage({ status: 'sent' }, now)
    watched.store.awaitMessages([old.sid, 'SM00000000000000000000000000000000', fresh.sid])
    pass(60)
    expect(await poll()).toMatchObject({ kind: 'polled', changed: 1 })
    expect(watched.records.get(old.sid)?.seen).toMatchObject({ status: 'undelivered', errorCode: '30003' })
    expect(watched.store.settled).toEqual(['SM00000000000000000000000000000000'])
    const fetched = watched.twilio.requests.entries.map((request) => request.route?.sid)
    expect(fetched).toContain(old.sid)
    expect(fetched).not.toContain(fresh.sid)
  })

  it('keeps the sweep and the other records when one of them fails', async () => {
    const { world, faults } = watched.twilio
    await poll()
    const [bad, good] = [world.addMessage({}, ago(30 * HOUR)), world.addMessage({}, ago(30 * HOUR))]
    bury()
    watched.store.awaitMessages([bad.sid, good.sid])
    pass(60)
    faults.next((_exchange, next) => next())
    faults.next(serverError(500))
    expect(await poll()).toMatchObject({ kind: 'polled', stored: 1_001 })
    expect(watched.records.has(good.sid)).toBe(true)
    expect(watched.store.row('messages').cursor).toMatchObject({ failures: 0, lastSweepStartedAt: now })
    expect(watched.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('tried again') }])
  })

  it.each([
    ['answer 500', serverError(500)],
    ['do not answer', connectionReset],
    ['may not be read', forbidden],
    ['answer something else', htmlPage],
  ])('gets to the others past records that never can be read: they %s', async (_what, fault) => {
    const { world } = watched.twilio
    await poll()
    const bad = [1, 2, 3].map(() => world.addMessage({ status: 'sent' }, ago(30 * HOUR)))
    const good = world.addMessage({ status: 'undelivered' }, ago(30 * HOUR))
    bury()
    watched.store.awaitMessages([...bad, good].map(({ sid }) => sid))
    failWhen((sid) => bad.some((record) => record.sid === sid), fault)
    pass(60)
    for (let polls = 0; polls < 4; polls++) {
      await poll()
      pass(watched.store.restOf('messages', now))
    }
    expect(watched.records.get(good.sid)?.seen.status).toBe('undelivered')
    expect(watched.store.awaited).toEqual(bad.map(({ sid }) => sid))
    expect(await poll()).toMatchObject({ kind: 'polled' })
  })

  it('gives up a record that cannot be read once 72 hours are over', async () => {
    const { sid } = watched.twilio.world.addMessage({ status: 'sent' }, ago(80 * HOUR))
    bury()
    await poll()
    failWhen((asked) => asked === sid, serverError(500))
    watched.store.awaitMessages([sid], 71)
    pass(60)
    await poll()
    expect(watched.store.awaited).toEqual([sid])
    pass(2 * HOUR)
    await poll()
    expect(watched.store.awaited).toEqual([])
  })

  it('makes way for the others when what Twilio gives is no record', async () => {
    const { world } = watched.twilio
    const good = world.addMessage({ status: 'sent' }, ago(30 * HOUR))
    const bad = world.addMessage({ status: 'sent' }, ago(30 * HOUR))
    bury()
    await poll()
    failWhen((asked) => asked === bad.sid, emptyRecord)
    watched.store.awaitMessages([bad.sid, good.sid])
    pass(60)
    expect(await poll()).toMatchObject({ kind: 'polled' })
    watched.twilio.requests.clear()
    pass(60)
    await poll()
    expect(watched.twilio.requests.entries.filter((request) => request.route?.sid === bad.sid)).toEqual([])
  })

  it.each([
    ['429', tooManyRequests()],
    ['401', unauthorized],
  ])('fails with the whole poll when Twilio refuses everything: %s', async (_what, fault) => {
    const sids = [1, 2].map(() => watched.twilio.world.addMessage({ status: 'sent' }, ago(30 * HOUR)).sid)
    bury()
    await poll()
    watched.store.awaitMessages(sids)
    failWhen((asked) => asked !== null, fault)
    watched.twilio.requests.clear()
    pass(60)
    expect(await poll()).toMatchObject({ kind: 'failed' })
    expect(watched.twilio.requests.entries.filter((request) => request.route?.sid)).toHaveLength(1)
    expect(watched.store.row('messages').cursor).toMatchObject({ failures: 1, lastSweepStartedAt: now })
  })
})

describe('a failing source', () => {
  it.each([
    ['429', tooManyRequests()],
    ['500', serverError(500)],
    ['503', serverError(503)],
    ['a reset', connectionReset],
    ['HTML', htmlPage],
    ['a cut answer', truncatedBody],
    ['401', unauthorized],
    ['403', forbidden],
  ])('rests twice as long after each failure, ten intervals at most: %s', async (_what, fault) => {
    watched.twilio.faults.next(fault, { times: 5 })
    const rests: number[] = []
    for (let n = 0; n < 5; n++) {
      await poll()
      rests.push(watched.store.restOf('messages', now))
      pass(rests.at(-1) ?? 0)
    }
    expect(rests).toEqual([120, 240, 480, 600, 600])
    expect(await poll()).toMatchObject({ kind: 'polled' })
    expect(watched.store.row('messages').error).toBeNull()
    expect(watched.store.restOf('messages', now)).toBe(60)
  })

  it('waits as long as Twilio asks, within ten intervals', async () => {
    const rests: number[] = []
    for (const seconds of [300, 9_999]) {
      watched.twilio.faults.next(tooManyRequests(seconds))
      await poll()
      rests.push(watched.store.restOf('messages', now))
      pass(HOUR)
    }
    expect(rests).toEqual([300, 600])
  })

  it('never touches the others', async () => {
    watched.twilio.world.addCall({}, ago(5))
    watched.twilio.faults.next(forbidden, { source: 'alerts', times: Infinity })
    expect(await watched.poller.pollAll()).toEqual({ stored: 1, changed: 0 })
    expect(watched.store.restOf('calls', now)).toBe(60)
    expect(watched.store.row('alerts').error).toContain('does not let these credentials read alerts (403')
  })

  it('says so once, and once more when it is well', async () => {
    watched.twilio.faults.next(unauthorized, { times: 4 })
    for (let n = 0; n < 6; n++) {
      await poll()
      pass(HOUR)
    }
    expect(watched.lines.map((line) => [line.level, line.message])).toEqual([
      [
        'warn',
        expect.stringContaining('Twilio refused the credentials (401, code 20003): check TWILIO_AUTH_TOKEN'),
      ],
      ['info', "Twilio's messages are read again"],
    ])
  })

  it('shows no credential anywhere', async () => {
    for (const fault of [unauthorized, serverError(500), connectionReset, htmlPage, truncatedBody]) {
      watched.twilio.faults.next(fault, { times: 3 })
      await watched.poller.pollAll()
    }
    const shown = inspect([watched.lines, sourceNames.map((source) => watched.store.row(source))], {
      depth: 20,
    })
    expect(watched.lines.length).toBeGreaterThan(10)
    expect(shown).not.toContain(canary)
    expect(shown).not.toContain(Buffer.from(`:${canary}`).toString('base64').slice(4, 20))
  })

  it('is polled again after one interval when it was the store that failed', async () => {
    watched.twilio.world.addMessage({}, now)
    watched.beforeIngest = () => {
      throw new Error('the database is away')
    }
    expect(await poll()).toMatchObject({ kind: 'failed' })
    expect(watched.store.restOf('messages', now)).toBe(60)
    expect(watched.store.row('messages').error).toBe('What Twilio answered could not be stored.')
    expect(watched.lines).toMatchObject([
      { level: 'error', message: expect.stringContaining('database is away') },
    ])
  })
})

describe('a record that cannot be stored', () => {
  const addMessages = (count: number): string[] =>
    Array.from({ length: count }, () => watched.twilio.world.addMessage({}, ago(10)).sid)
  const holds = (sightings: readonly Sighting[], sid: string | undefined) =>
    sightings.some(({ twilioSid }) => twilioSid === sid)

  it('is set aside with the reason, and keeps none of those read with it from being stored', async () => {
    const sids = addMessages(50)
    watched.beforeIngest = (sightings) => {
      if (holds(sightings, sids[20])) throw new RefusedData('value out of range')
    }
    expect(await poll()).toEqual({ kind: 'polled', stored: 49, changed: 0 })
    expect(watched.unreadable).toMatchObject([
      {
        source: 'messages',
        reason: 'the database refuses it: value out of range',
        record: expect.stringContaining(String(sids[20])),
      },
    ])
    expect(watched.lines).toMatchObject([{ level: 'error', fields: { twilioSid: sids[20] } }])
  })

  /** Polls that end with the death of their process at such a record; answers how many were stored at each. */
  async function dieAt(poisons: readonly (string | undefined)[], deaths: number): Promise<number[]> {
    const stored: number[] = []
    for (let n = 0; n < deaths; n++) {
      const death = new Promise<void>((died) => {
        watched.beforeIngest = (sightings) => {
          if (!poisons.some((sid) => holds(sightings, sid))) return undefined
          died()
          return new Promise(() => {})
        }
      })
      void watched.anotherPoller().poll('messages', { force: true })
      await death
      stored.push(watched.records.size)
      pass(LEASE_SECONDS + 1)
    }
    return stored
  }
  const pollAnew = () => watched.anotherPoller().poll('messages', { force: true })

  it('that kills its process five times is passed over; the others are stored after the third death', async () => {
    const poison = addMessages(50)[20]
    expect(await dieAt([poison], 5)).toEqual([0, 0, 29, 49, 49])
    expect(await pollAnew()).toMatchObject({ kind: 'polled' })
    expect(watched.unreadable).toMatchObject([{ reason: '3 processes died while they stored it alone' }])
    addMessages(1)
    pass(60)
    expect(await pollAnew()).toMatchObject({ kind: 'polled', stored: 1 })
    expect(watched.records.has(String(poison))).toBe(false)
  })

  it('is passed over as well where there are two of them, and nothing else is', async () => {
    const sids = addMessages(50)
    const poisons = [sids[20], sids[30]]
    await dieAt(poisons, 8)
    expect(await pollAnew()).toMatchObject({ kind: 'polled' })
    expect([watched.records.size, watched.unreadable.length]).toEqual([48, 2])
    for (const sid of poisons) expect(watched.records.has(String(sid))).toBe(false)
  })

  it('is not blamed for deaths of which others were the cause, nor for polls that failed in between', async () => {
    addMessages(50)
    for (let deaths = 1; deaths <= 8; deaths++) {
      const death = new Promise<void>((died) => {
        watched.beforeIngest = () => {
          died()
          return new Promise(() => {})
        }
      })
      void pollAnew()
      await death
      pass(LEASE_SECONDS + 1)
      watched.twilio.world.addMessage({}, now)
      watched.beforeIngest = () => {}
      watched.twilio.faults.next(serverError(500), { times: 4 })
      await pollAnew()
      watched.twilio.faults.clear()
      pass(LEASE_SECONDS + 1)
    }
    expect(await pollAnew()).toMatchObject({ stored: 58 })
    expect(watched.unreadable).toEqual([])
  })

  it('is not to blame where the store refuses all of them: the poll fails, and they are read again', async () => {
    addMessages(50)
    watched.beforeIngest = (sightings) => {
      if (sightings.length > 0) throw new RefusedData('value out of range')
    }
    expect(await poll()).toMatchObject({ kind: 'failed' })
    watched.beforeIngest = () => {}
    pass(120)
    expect(await poll()).toMatchObject({ kind: 'polled', stored: 50 })
    expect(watched.unreadable).toEqual([])
  })
})

describe('stopping', () => {
  it('cuts a poll short, keeps what was stored and frees the lease', async () => {
    const { world, faults } = watched.twilio
    for (let n = 0; n < 2_500; n++) world.addMessage({}, ago(10))
    faults.next((_exchange, next) => next())
    faults.next(delayed(60_000))
    const running = poll()
    await expect.poll(() => watched.twilio.requests.entries.length).toBe(2)
    await watched.poller.stop()
    expect(await running).toEqual({ kind: 'cut-short', stored: 1_000, changed: 0 })
    expect(watched.store.row('messages')).toMatchObject({
      lease: null,
      cursor: { firstSweepDone: false, failures: 0 },
    })
    expect(await poll()).toMatchObject({ kind: 'cut-short' })
    expect(await watched.anotherPoller().poll('messages', { force: false })).toMatchObject({ stored: 1_500 })
  })
})
