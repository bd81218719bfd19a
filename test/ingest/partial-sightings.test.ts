import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sighting } from '../../src/sources/log.js'
import { aSighting, type Core, openCore } from '../fixtures/core.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

const created = new Date(Date.now() - 60_000)
const told = new Date(Date.now() - 53_000)

let test: TestDatabase
let core: Core
beforeAll(async () => {
  test = await openTestDatabase()
  core = openCore(test.database)
})
afterAll(() => test.close())

const newSid = () => `SM${randomUUID().replaceAll('-', '')}`

/** What a status callback tells: no dates, no text. */
function aPart(twilioSid: string, status: string, fields: Partial<Sighting> = {}): Sighting {
  const raw = { MessageSid: twilioSid, MessageStatus: status }
  const silent = { isWhole: false, changedAt: null, text: null, timestamp: told, rawData: raw }
  return aSighting({ twilioSid, status, ...silent, ...fields })
}

/** The record as REST gives it. */
function theWhole(twilioSid: string, status: string, fields: Partial<Sighting> = {}): Sighting {
  return aSighting({
    twilioSid,
    status,
    timestamp: created,
    changedAt: told,
    text: 'your code is 1234',
    rawData: { sid: twilioSid, status, price: '-0.0079' },
    ...fields,
  })
}

const store = (...sightings: Sighting[]) => core.ingest(sightings, [], { backfillBefore: null })

interface Row {
  id: string
  status: string
  timestamp: Date
  text: string | null
  to_number: string | null
  raw_data: Record<string, unknown>
  whole: boolean
  next_read_at: Date | null
}

async function log(twilioSid: string): Promise<Row> {
  const [row] = await test.database.query<Row>(`SELECT * FROM logs WHERE twilio_sid = $1`, [twilioSid])
  return row!
}

async function passed(twilioSid: string): Promise<string[]> {
  const rows = await test.database.query<{ status: string }>(
    `SELECT t.status FROM log_transitions t JOIN logs l ON l.id = t.log_id
      WHERE twilio_sid = $1 AND NOT completes ORDER BY t.id`,
    [twilioSid],
  )
  return rows.map(({ status }) => status)
}

describe('a webhook and a poll of the same message', () => {
  it('make one log that REST completes: its time, its text, its numbers, its raw record', async () => {
    const sid = newSid()
    expect(await store(aPart(sid, 'delivered', { toNumber: null }))).toEqual({ stored: 1, changed: 0 })
    const first = await log(sid)
    expect(first).toMatchObject({ status: 'delivered', timestamp: told, text: null, whole: false })
    expect(first.next_read_at!.getTime()).toBeLessThanOrEqual(Date.now())
    expect(await store(theWhole(sid, 'delivered'))).toEqual({ stored: 0, changed: 0 })
    expect(await log(sid)).toMatchObject({
      id: first.id,
      status: 'delivered',
      timestamp: created,
      text: 'your code is 1234',
      to_number: '+15550101',
      raw_data: { sid, status: 'delivered', price: '-0.0079' },
      whole: true,
      next_read_at: null,
    })
    expect(await passed(sid)).toEqual(['delivered'])
  })

  it('keep what REST gave where the webhook comes second, and ask REST for the rest', async () => {
    const sid = newSid()
    await store(theWhole(sid, 'sent', { changedAt: created }))
    expect(await store(aPart(sid, 'delivered', { toNumber: null }))).toEqual({ stored: 0, changed: 1 })
    expect(await log(sid)).toMatchObject({
      status: 'delivered',
      timestamp: created,
      text: 'your code is 1234',
      to_number: '+15550101',
      raw_data: { sid, price: '-0.0079', MessageStatus: 'delivered' },
      whole: false,
      next_read_at: expect.any(Date) as Date,
    })
    await store(theWhole(sid, 'delivered'))
    expect(await log(sid)).toMatchObject({ whole: true, next_read_at: null })
    expect(await passed(sid)).toEqual(['sent', 'delivered'])
  })

  it.each([
    ['a repeat', ['delivered', 'delivered'], ['delivered']],
    ['an older status', ['delivered', 'sent', 'queued'], ['delivered']],
    ['disorder', ['sent', 'queued', 'undelivered', 'delivered', 'sent'], ['sent', 'undelivered']],
    ['their order', ['queued', 'sent', 'delivered', 'read'], ['queued', 'sent', 'delivered', 'read']],
  ])('bear %s of webhooks', async (_, statuses, kept) => {
    const sid = newSid()
    await store(...statuses.map((status) => aPart(sid, status)))
    expect(await passed(sid)).toEqual(kept)
    await store(...statuses.map((status) => aPart(sid, status)))
    expect(await passed(sid)).toEqual(kept)
  })

  it('are not led back by what REST still says of an older status', async () => {
    const sid = newSid()
    await store(theWhole(sid, 'queued', { changedAt: created }), aPart(sid, 'sent'))
    await store(theWhole(sid, 'sending', { changedAt: told }))
    expect(await passed(sid)).toEqual(['queued', 'sent'])
    expect(await log(sid)).toMatchObject({ status: 'sent' })
  })

  it('keep one wording of one error', async () => {
    const sid = newSid()
    const error = { errorCode: '30003', errorMessage: 'Unreachable destination handset' }
    await store(theWhole(sid, 'undelivered', error))
    await store(aPart(sid, 'undelivered', { errorCode: '30003', errorMessage: 'Unreachable' }))
    await store(aPart(sid, 'undelivered'))
    expect(await passed(sid)).toEqual(['undelivered'])
    expect(await log(sid)).toMatchObject({
      error_code: '30003',
      error_message: error.errorMessage,
      whole: true,
    })
  })
})

describe('a rule', () => {
  async function alertsOf(ruleId: string): Promise<number> {
    await core.judge.judgeAll()
    const rows = await test.database.query(`SELECT FROM alerts WHERE rule_id = $1`, [ruleId])
    return rows.length
  }

  it('fires once for a fact that comes by push and by poll', async () => {
    const rule = await core.createRule({ patternType: 'status', patternValue: 'failed' })
    const sid = newSid()
    await store(aPart(sid, 'failed'))
    await store(theWhole(sid, 'failed'))
    await store(aPart(sid, 'failed'))
    expect(await alertsOf(rule.id)).toBe(1)
  })

  it('on the text of a message sees it once REST has brought it, and tells nobody of a change', async () => {
    const rule = await core.createRule({ patternType: 'regex', patternValue: 'code is \\d+' })
    const sid = newSid()
    await store(aPart(sid, 'delivered'))
    expect(await alertsOf(rule.id)).toBe(0)
    await store(theWhole(sid, 'delivered'))
    expect(await alertsOf(rule.id)).toBe(1)
    await store(theWhole(sid, 'delivered', { rawData: { sid, price: '-0.01' } }))
    expect(await alertsOf(rule.id)).toBe(1)
    const { id } = await log(sid)
    const events = await test.database.query<{ kind: string }>(
      `SELECT kind FROM feed WHERE subject_id = $1`,
      [id],
    )
    expect(events).toEqual([{ kind: 'log_added' }])
    expect(await log(sid)).toMatchObject({ processed: true })
  })

  it('that is younger than a log has nothing to say of what only completes it', async () => {
    const sid = newSid()
    await store(aPart(sid, 'delivered'))
    await core.judge.judgeAll()
    const rule = await core.createRule({ patternType: 'status', patternValue: 'delivered' })
    await store(theWhole(sid, 'delivered'))
    expect(await alertsOf(rule.id)).toBe(0)
  })

  it('counts a log in its window once, by the time it had then', async () => {
    const window = { thresholdCount: 2, thresholdWindowMinutes: 5, patternValue: 'status:busy' }
    const rule = await core.createRule({ patternType: 'threshold', ...window })
    const sids = [newSid(), newSid()]
    await store(...sids.map((sid) => aPart(sid, 'busy')))
    expect(await alertsOf(rule.id)).toBe(1)
    await store(...sids.map((sid) => theWhole(sid, 'busy', { timestamp: new Date(Date.now() - 86_400_000) })))
    expect(await alertsOf(rule.id)).toBe(1)
    const counted = await test.database.query<{ at: Date }>(
      `SELECT DISTINCT log_timestamp AS at FROM threshold_matches WHERE rule_id = $1`,
      [rule.id],
    )
    expect(counted).toEqual([{ at: told }])
  })
})
