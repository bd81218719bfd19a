import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PollClaim } from '../../src/sources/poll-store.js'
import { PostgresPollStore } from '../../src/store/poll-store.js'
import { aSighting, openCore } from '../fixtures/core.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

const DAY_SECONDS = 86_400

describe('poll cursors', () => {
  let test: TestDatabase
  let store: PostgresPollStore
  beforeAll(async () => {
    test = await openTestDatabase()
    store = new PostgresPollStore(test.database, 0)
    await store.prepare('AC1', ['calls', 'messages', 'alerts'], DAY_SECONDS)
  })
  afterAll(() => test.close())

  const claim = async (source: 'calls' | 'messages' | 'alerts', force = false) =>
    store.claim('AC1', source, { force })
  const tomorrow = () => new Date(Date.now() + DAY_SECONDS * 1_000)
  async function dueInSeconds(): Promise<Record<string, number>> {
    const rows = await test.database.query<{ source: string; seconds: number }>(
      `SELECT source, round(extract(epoch FROM next_poll_at - now()))::int AS seconds FROM poll_cursors`,
    )
    return Object.fromEntries(rows.map(({ source, seconds }) => [source, seconds]))
  }

  it('are due at once for a new account, two of them at a time', async () => {
    const claims = [await claim('calls'), await claim('messages')] as PollClaim[]
    expect(claims).toMatchObject([{ source: 'calls' }, { source: 'messages' }])
    expect(await claim('alerts')).toBeNull()
    expect(await claim('calls', true)).toBeNull()
    for (const taken of claims) await store.release(taken)
  })

  it('keep to their interval, and to a shorter one from the start that sets it', async () => {
    const calls = (await claim('calls')) as PollClaim
    await store.succeed(calls, { sweepStartedAt: new Date(), nextPollAt: tomorrow() })
    const messages = (await claim('messages')) as PollClaim
    const failure = { error: 'away', kind: null, failures: 4, nextPollAt: tomorrow(), sweepStartedAt: null }
    await store.fail(messages, failure)
    expect([await claim('calls'), await claim('messages')]).toEqual([null, null])

    await store.prepare('AC1', ['calls', 'messages', 'alerts'], 60)
    const due = await dueInSeconds()
    expect(due['calls']).toBeLessThanOrEqual(60)
    expect(due['messages']).toBeGreaterThan(60)
    expect(due['messages']).toBeLessThanOrEqual(600)
  })

  it('are written by the holder of their lease only', async () => {
    const first = (await claim('alerts', true)) as PollClaim
    await test.database.query(`UPDATE poll_cursors SET lease_until = now() - interval '1 second'`)
    const second = (await claim('alerts', true)) as PollClaim
    expect(await store.renew(first)).toBe(false)
    await store.succeed(first, { sweepStartedAt: new Date(), nextPollAt: tomorrow() })
    expect(await store.renew(second)).toBe(true)
    await store.release(second)
  })

  it('tell of claims that nobody ended, what was in hand at the last and what is passed over, until a poll ends well', async () => {
    const die = async (): Promise<PollClaim> => {
      const taken = (await claim('alerts', true)) as PollClaim
      await test.database.query(`UPDATE poll_cursors SET lease_until = now() - interval '1 second'`)
      return taken
    }
    await die()
    const second = (await claim('alerts', true)) as PollClaim
    await store.noteInHand(second, ['NO1', 'NO2'], {})
    await store.setAside(second, 'NO0')
    await store.freeAll()
    const third = (await claim('alerts', true)) as PollClaim
    expect(third.cursor).toMatchObject({ suspects: { NO1: 0, NO2: 0 }, setAside: ['NO0'] })
    expect(third.cursor.deaths).toBe(second.cursor.deaths + 1)
    await store.noteInHand(third, ['NO2'], third.cursor.suspects)
    await test.database.query(`UPDATE poll_cursors SET lease_until = now() - interval '1 second'`)
    const fourth = (await claim('alerts', true)) as PollClaim
    expect(fourth.cursor.suspects).toEqual({ NO1: 0, NO2: 1 })
    await store.noteInHand(fourth, ['NO2'], fourth.cursor.suspects)
    await store.release(fourth)
    const fifth = (await claim('alerts', true)) as PollClaim
    expect(fifth.cursor.suspects).toEqual({ NO1: 0, NO2: 1 })
    await store.succeed(fifth, { sweepStartedAt: new Date(), nextPollAt: tomorrow() })
    const last = (await claim('alerts', true)) as PollClaim
    expect(last.cursor).toMatchObject({ deaths: 0, suspects: {}, setAside: ['NO0'] })
  })
})

describe('records that are read again', () => {
  let test: TestDatabase
  let store: PostgresPollStore
  beforeAll(async () => {
    test = await openTestDatabase()
    store = new PostgresPollStore(test.database, 0)
    const sightings = ['SM1', 'SM2', 'SM3', 'SM4'].map((twilioSid) => aSighting({ twilioSid }))
    await openCore(test.database).ingest(sightings, [], { backfillBefore: null })
    await test.database.query(
      `UPDATE logs SET next_read_at = now() - interval '1 hour' + right(twilio_sid, 1)::int * interval '1 minute'`,
    )
  })
  afterAll(() => test.close())

  const due = async (limit = 10) =>
    (await store.unfinished('AC1', 'messages', limit)).map(({ twilioSid }) => twilioSid)
  const soon = () => new Date(Date.now() - 1_000)

  it('come longest due first, with what decides when they are read next', async () => {
    expect(await due(2)).toEqual(['SM1', 'SM2'])
    expect(await store.unfinished('AC1', 'messages', 1)).toEqual([
      {
        twilioSid: 'SM1',
        logType: 'message',
        status: 'sent',
        isWhole: true,
        unfinishedSince: aSighting().timestamp,
        lastChangeAt: expect.any(Date),
      },
    ])
  })

  it('make way for the others when they are postponed, for ever where nothing more is to be waited for', async () => {
    await store.postpone('AC1', [
      { twilioSid: 'SM1', nextReadAt: soon() },
      { twilioSid: 'SM2', nextReadAt: null },
    ])
    expect(await due()).toEqual(['SM3', 'SM4', 'SM1'])
  })

  it('are left alone when their end was told in the meantime', async () => {
    await test.database.query(`UPDATE logs SET next_read_at = NULL WHERE twilio_sid = 'SM3'`)
    await store.postpone('AC1', [{ twilioSid: 'SM3', nextReadAt: soon() }])
    expect(await due()).toEqual(['SM4', 'SM1'])
  })
})
