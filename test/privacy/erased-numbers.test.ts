import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { type Arrival, InboxState } from '../../src/inbox/inbox-entry.js'
import { createIngest } from '../../src/ingest/ingest.js'
import type { Sighting } from '../../src/sources/log.js'
import { numberPattern } from '../../src/sources/number-pattern.js'
import { InboxWithoutErased, ingestWithoutErased } from '../../src/store/erased-kept-out.js'
import { ErasedNumbers } from '../../src/store/erased-numbers.js'
import { PostgresLogStore } from '../../src/store/log-store.js'
import { aSighting } from '../fixtures/core.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

const number = '+14155552671'
const pattern = numberPattern(number)!
const other = '+14155552672'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(async () => {
  await test.database.query(`TRUNCATE logs, log_transitions, inbox, unreadable_records, erased_numbers`)
  await test.database.query(`UPDATE system_state SET erasure_key = NULL`)
})
afterAll(() => test.close())

/** What one process knows of erased numbers. */
const aProcess = () =>
  new ErasedNumbers(test.database, createSecretBox('a secret key'), (failure) => {
    throw failure
  })
const ingestOf = (erased: ErasedNumbers, store = new PostgresLogStore(test.database)) =>
  ingestWithoutErased(
    createIngest(store, { pollIntervalSeconds: 60 }, () => new Date()),
    erased,
  )

const at = new Date('2026-11-27T10:00:00Z')
const message = (fields: Partial<Sighting> = {}): Sighting =>
  aSighting({
    twilioSid: 'SM1',
    timestamp: at,
    newestDate: at,
    changedAt: at,
    toNumber: number,
    fromNumber: other,
    text: 'call (415) 555-2671',
    rawData: { to: number, from: other, to_formatted: '(415) 555-2671' },
    ...fields,
  })
const poll = (erased: ErasedNumbers, ...sightings: Sighting[]) =>
  ingestOf(erased)(sightings, [], { backfillBefore: null })
const logs = () =>
  test.database.query(
    `SELECT twilio_sid AS sid, to_number AS to, from_number AS from, text, raw_data AS raw FROM logs ORDER BY twilio_sid`,
  )
const stored = {
  sid: 'SM1',
  to: '(erased)',
  from: other,
  text: 'call (erased)',
  raw: { to: '(erased)', from: other, to_formatted: '(erased)' },
}

describe('a number that was erased', () => {
  it('comes back with no record that Twilio still has, whichever process reads it, and no record is told anew', async () => {
    const [one, two] = [aProcess(), aProcess()]
    await poll(one, message())
    await one.erase(pattern)
    expect(await logs()).toEqual([stored])
    for (const process of [one, two, aProcess()])
      expect(await poll(process, message())).toEqual({ stored: 0, changed: 0 })
    expect(await poll(two, message({ twilioSid: 'SM2' }))).toEqual({ stored: 1, changed: 0 })
    expect(await logs()).toEqual([stored, { ...stored, sid: 'SM2' }])
    const states = await test.database.query(`SELECT FROM log_transitions`)
    expect(states).toHaveLength(2)
  })

  it('leaves other numbers as they are', async () => {
    const erased = aProcess()
    await erased.erase(numberPattern('+442071838750')!)
    await poll(erased, message())
    expect(await logs()).toMatchObject([{ to: number, from: other }])
  })

  it('is kept out of what is written while it is being erased', async () => {
    const [reads, erases] = [aProcess(), aProcess()]
    const store = new PostgresLogStore(test.database)
    const slow = Object.assign(Object.create(store) as PostgresLogStore, {
      // Between what was read and what is written of it, somebody else erases.
      write: async (batch: Parameters<PostgresLogStore['write']>[0]) => {
        await erases.erase(pattern)
        return store.write(batch)
      },
    })
    await ingestOf(reads, slow)([message()], [], { backfillBefore: null })
    expect(await logs()).toEqual([stored])
  })

  it('comes in with no webhook, as it is received and as it is worked', async () => {
    const erased = aProcess()
    await erased.erase(pattern)
    const arrival = (fields: Partial<Arrival>): Arrival => ({
      channel: 'twilio-message',
      idempotencyId: `${Math.random()}`,
      receiverId: null,
      accountSid: 'AC1',
      givenId: null,
      twilioSid: 'SM1',
      body: 'MessageSid=SM1&To=%2B14155552671&Body=415+555+2671',
      receivedAt: new Date(),
      state: InboxState.PENDING,
      error: null,
      ...fields,
    })
    await new InboxWithoutErased(test.database, erased).add([
      arrival({}),
      arrival({ channel: 'custom:x', twilioSid: 'custom:x:1', body: `{"id":"1","to":14155552671}` }),
      arrival({ channel: 'custom:x', twilioSid: `custom:x:${number}`, body: `{"id":"${number}"}` }),
    ])
    const rows = await test.database.query<{ sid: string; body: string }>(
      `SELECT twilio_sid AS sid, body FROM inbox ORDER BY id`,
    )
    expect(rows.slice(0, 2)).toEqual([
      { sid: 'SM1', body: 'MessageSid=SM1&To=(erased)&Body=(erased)' },
      { sid: 'custom:x:1', body: '{"id":"1","to":"(erased)"}' },
    ])
    // The log that it becomes is the one that the entry names.
    const { id } = JSON.parse(rows[2]!.body) as { id: string }
    expect(id).toMatch(/^\(erased-.{12}\)$/)
    expect(rows[2]!.sid).toBe(`custom:x:${id}`)
  })

  it('is known by a digest only, which nobody makes without the secret key', async () => {
    await aProcess().erase(pattern)
    const kept = await test.database.query<{ digest: string }>(`SELECT digest FROM erased_numbers`)
    expect(JSON.stringify(kept)).not.toContain('555')
    const [state] = await test.database.query<{ sealed: string }>(
      `SELECT erasure_key AS sealed FROM system_state`,
    )
    expect(state?.sealed).toMatch(/^gpsec1\./)
    await aProcess().erase(pattern)
    expect(await test.database.query(`SELECT FROM erased_numbers`)).toHaveLength(kept.length)
  })
})
