import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toSighting } from '../../src/sources/to-sighting.js'
import type { Sighting, SourceName } from '../../src/sources/log.js'
import { aCall, aMessage, anAlert, testAccountSid } from '../fixtures/records.js'
import {
  anEvent,
  callCallback,
  debuggerReport,
  messageCallback,
  messageEvent,
  newSid,
} from '../fixtures/webhook-samples.js'
import { openWebhookServer, type WebhookServer } from '../fixtures/webhook-server.js'

let server: WebhookServer
beforeAll(async () => {
  server = await openWebhookServer()
})
afterAll(() => server.close())

interface LogColumns {
  id: string
  log_type: string
  account_sid: string
  status: string | null
  timestamp: Date
  error_code: string | null
  error_message: string | null
  text: string | null
  from_number: string | null
  to_number: string | null
}

async function logOf(sid: string): Promise<LogColumns | undefined> {
  const rows = await server.rows<LogColumns>(`SELECT * FROM logs WHERE twilio_sid = $1`, sid)
  expect(rows.length).toBeLessThanOrEqual(1)
  return rows[0]
}

async function statuses(sid: string): Promise<(string | null)[]> {
  const rows = await server.rows<{ status: string | null }>(
    `SELECT t.status FROM log_transitions t JOIN logs l ON l.id = t.log_id WHERE twilio_sid = $1 AND NOT completes ORDER BY t.id`,
    sid,
  )
  return rows.map(({ status }) => status)
}

async function entry(sid: string | null, channel: string) {
  const rows = await server.rows<{ id: string; state: string; error: string | null }>(
    `SELECT id, state, error FROM inbox WHERE channel = $2 AND ($1::text IS NULL OR twilio_sid = $1) ORDER BY id DESC LIMIT 1`,
    sid,
    channel,
  )
  return rows[0]
}

/** What a poll would see of the record. */
async function poll(record: object, source: SourceName): Promise<void> {
  const read = toSighting(record, { source, accountSid: testAccountSid, readAt: new Date() })
  await server.core.ingest([read as Sighting], [], { backfillBefore: null })
}

describe('a message status callback', () => {
  it('becomes the message it is about, at the time of its receipt', async () => {
    const sid = newSid('SM')
    await server.sendForm(
      messageCallback(sid, 'undelivered', { ErrorCode: '30003', RawDlrDoneDate: '2611221200' }),
    )
    await server.settle()
    expect(await logOf(sid)).toMatchObject({
      log_type: 'message',
      account_sid: testAccountSid,
      status: 'undelivered',
      error_code: '30003',
      from_number: '+12025550110',
      to_number: '+12025550199',
      text: null,
    })
    expect(Date.now() - (await logOf(sid))!.timestamp.getTime()).toBeLessThan(60_000)
    expect(await entry(sid, 'twilio-message')).toMatchObject({ state: 'done', error: null })
  })

  it('passes through its statuses in the order in which they came, older ones left out', async () => {
    const sid = newSid('MM')
    for (const status of ['queued', 'sent', 'delivered', 'sent', 'read'])
      await server.sendForm(messageCallback(sid, status))
    await server.settle()
    expect(await statuses(sid)).toEqual(['queued', 'sent', 'delivered', 'read'])
  })

  it('for a message that came in carries its text', async () => {
    const sid = newSid('SM')
    const inbound = Object.entries(messageCallback(sid, 'received', { Body: 'Ahoy', NumMedia: '0' }))
    await server.sendForm(inbound.filter(([name]) => name !== 'MessageStatus'))
    await server.settle()
    expect(await logOf(sid)).toMatchObject({ status: 'received', text: 'Ahoy' })
  })

  it('and a poll of the same message are one log and one alert', async () => {
    const rule = await server.core.createRule({ patternType: 'status', patternValue: 'failed' })
    const sid = newSid('SM')
    const record = aMessage(sid, new Date(), {
      status: 'failed',
      error_code: 30_008,
      error_message: 'Unknown error',
    })
    await server.sendForm(messageCallback(sid, 'failed', { ErrorCode: '30008' }))
    await Promise.all([server.settle(), poll(record, 'messages')])
    await server.sendForm(messageCallback(sid, 'failed', { ErrorCode: '30008', Again: '1' }))
    await server.sendEvents([messageEvent(sid, 'failed', { errorCode: 30_008 })])
    await server.settle()
    expect(await logOf(sid)).toMatchObject({ status: 'failed', text: record.body })
    const alerts = await server.rows(`SELECT FROM alerts WHERE rule_id = $1`, rule.id)
    expect(alerts.length).toBe(1)
  })
})

describe('a call status callback', () => {
  it.each([
    ['initiated', 'queued'],
    ['ringing', 'ringing'],
    ['answered', 'in-progress'],
    ['no-answer', 'no-answer'],
  ])('%s becomes a call that is %s, at its own time', async (told, status) => {
    const sid = newSid('CA')
    await server.sendForm(callCallback(sid, told, { Timestamp: 'Sun, 22 Nov 2026 12:00:03 +0000' }))
    await server.settle()
    expect(await logOf(sid)).toMatchObject({
      log_type: 'call',
      status,
      timestamp: new Date('2026-11-22T12:00:03Z'),
    })
  })

  it('comes in any order, and REST settles the time', async () => {
    const sid = newSid('CA')
    const created = new Date('2026-11-22T11:59:00Z')
    for (const [number, status] of ['completed', 'ringing', 'in-progress'].entries())
      await server.sendForm(
        callCallback(sid, status, {
          SequenceNumber: String(2 - number),
          Timestamp: 'Sun, 22 Nov 2026 12:00:03 +0000',
        }),
      )
    await server.settle()
    await poll(aCall(sid, created), 'calls')
    expect(await statuses(sid)).toEqual(['completed'])
    expect(await logOf(sid)).toMatchObject({ timestamp: created })
  })
})

describe('a report of the Debugger', () => {
  it('becomes the monitor alert that polling finds, once', async () => {
    const rule = await server.core.createRule({ patternType: 'error_code', patternValue: '11200' })
    const sid = newSid('NO')
    await server.sendForm(debuggerReport(sid))
    await server.settle()
    expect(await logOf(sid)).toMatchObject({
      log_type: 'error',
      status: null,
      error_code: '11200',
      error_message: 'Bad gateway',
      text: 'Msg=Bad gateway&httpResponse=502&url=https://hooks.example.com/sms',
      timestamp: new Date('2026-11-22T12:00:00Z'),
    })
    await poll(anAlert(sid, new Date('2026-11-22T12:00:00Z')), 'alerts')
    await server.settle()
    expect(await server.rows(`SELECT FROM alerts WHERE rule_id = $1`, rule.id)).toHaveLength(1)
  })

  it.each([
    ['that is no JSON', 'Something <b>broke</b>', 'Something <b>broke</b>'],
    ['of another shape', '[1]', '[1]'],
    ['without words', '{"error_code":11200}', null],
  ])('with a payload %s is kept as it is', async (_, Payload, text) => {
    const sid = newSid('NO')
    await server.sendForm(debuggerReport(sid, { Payload, Level: 'WARNING' }))
    await server.settle()
    expect(await logOf(sid)).toMatchObject({ log_type: 'warning', text })
  })
})

describe('Event Streams', () => {
  it('bring a batch of events, each of which becomes its log', async () => {
    const [message, inbound, alert, call] = ['SM', 'SM', 'NO', 'CA'].map(newSid) as [
      string,
      string,
      string,
      string,
    ]
    const at = '2026-11-22T12:00:00.000Z'
    const other = anEvent('voice.insights.call-summary.complete', { account_sid: testAccountSid })
    const events = [
      messageEvent(message, 'failed', { errorCode: 30_003 }),
      anEvent('messaging.inbound-message.received', {
        messageSid: inbound,
        accountSid: testAccountSid,
        timestamp: at,
        from: '+1',
        to: '+2',
        body: 'Ahoy!',
      }),
      anEvent('error-logs.error.logged', {
        sid: alert,
        account_sid: testAccountSid,
        level: 'ERROR',
        error_code: '12300',
        payload: '{"more_info":{"msg":"Invalid Content-Type"}}',
      }),
      anEvent('voice.status-callback.call.answered', {
        sid: call,
        timestamp: at,
        request: {
          method: 'POST',
          parameters: {
            CallSid: call,
            CallStatus: 'in-progress',
            From: '+1',
            To: '+2',
            AccountSid: testAccountSid,
          },
        },
      }),
      other,
    ]
    expect((await server.sendEvents(events)).status).toBe(204)
    expect((await server.sendEvents(events)).status).toBe(204)
    await server.settle()
    expect(await logOf(message)).toMatchObject({
      log_type: 'message',
      status: 'failed',
      error_code: '30003',
      timestamp: new Date(at),
    })
    expect(await logOf(inbound)).toMatchObject({ status: 'received', text: 'Ahoy!' })
    expect(await logOf(alert)).toMatchObject({
      log_type: 'error',
      error_code: '12300',
      error_message: 'Invalid Content-Type',
    })
    expect(await logOf(call)).toMatchObject({ log_type: 'call', status: 'in-progress', from_number: '+1' })
    const ignored = await server.rows(`SELECT state, error FROM inbox WHERE idempotency_id = $1`, other.id)
    expect(ignored).toEqual([
      {
        state: 'ignored',
        error: 'events of the type com.twilio.voice.insights.call-summary.complete tell of no record',
      },
    ])
  })

  it.each([
    ['voice.webhook.status-callback.call.initiated', 'queued'],
    ['voice.status-callback.call.completed', 'completed'],
  ])('tell by %s alone that a call is %s', async (type, status) => {
    const call = newSid('CA')
    await server.sendEvents(anEvent(type, { sid: call, request: { parameters: {} } }))
    await server.settle()
    expect(await logOf(call)).toMatchObject({ status, timestamp: new Date('2026-11-22T12:00:00.123Z') })
  })

  it('lose no event of a batch to another that is none, or is of another account', async () => {
    const [ours, theirs] = [newSid('SM'), newSid('SM')]
    const foreign = messageEvent(theirs, 'sent', { accountSid: newSid('AC') })
    const nameless = anEvent('messaging.message.sent', { accountSid: testAccountSid })
    expect(
      (await server.sendEvents([17, { type: 'x' }, nameless, foreign, messageEvent(ours, 'sent')])).status,
    ).toBe(204)
    await server.settle()
    expect(await logOf(ours)).toMatchObject({ status: 'sent' })
    expect(await logOf(theirs)).toBeUndefined()
    const kept = await server.rows<{ error: string }>(
      `SELECT error FROM inbox WHERE state IN ('failed', 'ignored') AND channel = 'twilio-event' ORDER BY id DESC LIMIT 4`,
    )
    expect(kept.map(({ error }) => error)).toEqual([
      'it is of another account',
      'an event com.twilio.messaging.message.sent without its SID or status',
      'it has no id',
      'it is no object',
    ])
  })
})

it('a signed form of another kind is kept, and nothing follows from it', async () => {
  expect((await server.sendForm({ AccountSid: testAccountSid, Something: 'else' })).status).toBe(204)
  await server.settle()
  expect(await entry(null, 'twilio-other')).toMatchObject({ state: 'ignored' })
})
