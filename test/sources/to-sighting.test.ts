import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sighting, Unreadable } from '../../src/sources/log.js'
import { readRecords, toSighting, type Origin } from '../../src/sources/to-sighting.js'
import { aCall, aMessage, anAlert, testAccountSid } from '../fixtures/records.js'

const readAt = new Date('2026-08-18T12:00:00.500Z')
const at = new Date('2026-08-18T11:00:00Z')
const from = (source: Origin['source']): Origin => ({ source, accountSid: testAccountSid, readAt })

function sightingOf(record: unknown, source: Origin['source']): Sighting {
  const read = toSighting(record, from(source))
  if (!('twilioSid' in read)) throw new Error(`unreadable: ${read.reason}`)
  return read
}

function unreadableOf(record: unknown): Unreadable {
  const read = toSighting(record, from('messages'))
  if ('twilioSid' in read) throw new Error('readable')
  return read
}

describe('a message', () => {
  it('becomes a sighting with its own time, its newest date and its error', () => {
    const sent = 'Tue, 18 Aug 2026 11:00:05 +0000'
    const updated = 'Tue, 18 Aug 2026 11:00:09 +0000'
    const record = aMessage('SM1', at, {
      status: 'undelivered',
      error_code: 30003,
      error_message: 'Unreachable',
      date_sent: sent,
      date_updated: updated,
    })
    expect(sightingOf(record, 'messages')).toEqual({
      isWhole: true,
      twilioSid: 'SM1',
      accountSid: testAccountSid,
      logType: 'message',
      timestamp: at,
      newestDate: new Date('2026-08-18T11:00:09Z'),
      changedAt: new Date('2026-08-18T11:00:09Z'),
      status: 'undelivered',
      errorCode: '30003',
      errorMessage: 'Unreachable',
      fromNumber: '+12025550110',
      toNumber: '+12025550199',
      text: 'Your parcel is out for delivery.',
      rawData: record,
    })
  })

  it('takes numbers and strings alike', () => {
    const odd = { ...aMessage('SM1', at), error_code: '30005', from: 12025550110, status: ' Sent ' }
    expect(sightingOf(odd, 'messages')).toMatchObject({
      errorCode: '30005',
      fromNumber: '12025550110',
      status: 'sent',
    })
    expect(sightingOf({ ...odd, error_code: 0 }, 'messages').errorCode).toBeNull()
  })

  it.each([
    ['missing', undefined],
    ['null', null],
    ['no date', 'yesterday 1'],
    ['absurd', '0001-01-01T00:00:00Z'],
  ])('stands at another of its dates when date_created is %s', (_what, dateCreated) => {
    const sent = '2026-08-18T10:30:00Z'
    const record = { ...aMessage('SM1', at), date_created: dateCreated, date_sent: sent }
    expect(sightingOf(record, 'messages').timestamp).toEqual(new Date(sent))
  })

  it('stands at the time of reading when it has no date at all', () => {
    const seen = sightingOf({ sid: 'SM1' }, 'messages')
    expect(seen).toMatchObject({ timestamp: readAt, newestDate: readAt, changedAt: null, status: null })
  })
})

describe('a call', () => {
  it('takes its newest date from any of its four', () => {
    const ended = 'Tue, 18 Aug 2026 11:30:00 +0000'
    const seen = sightingOf(aCall('CA1', at, { status: 'no-answer', end_time: ended }), 'calls')
    expect(seen).toMatchObject({ logType: 'call', status: 'no-answer', errorCode: null, text: null })
    expect(seen.newestDate).toEqual(new Date('2026-08-18T11:30:00Z'))
  })
})

describe('an alert', () => {
  it('stands at date_generated and says its decoded Msg', () => {
    const record = anAlert('NO1', at, { date_generated: '2026-08-18T10:59:58Z' })
    expect(sightingOf(record, 'alerts')).toMatchObject({
      logType: 'error',
      timestamp: new Date('2026-08-18T10:59:58Z'),
      newestDate: at,
      status: null,
      errorCode: '11200',
      errorMessage: 'HTTP retrieval failure',
      text: 'Msg=HTTP retrieval failure&EmailNotification=false&LogLevel=ERROR&httpResponse=502&url=https://hooks.example.com/sms&ErrorCode=11200',
      fromNumber: null,
    })
  })

  it.each([
    ['the whole decoded text without Msg', 'httpResponse=502&url=a%20b', 'httpResponse=502&url=a b'],
    ['the whole decoded text with an empty Msg', 'Msg=&ErrorCode=1', 'Msg=&ErrorCode=1'],
    ['plain text as it is', '100% + sure', '100% + sure'],
    ['markup inside Msg', 'Msg=%3Cb%3Ebad%3C%2Fb%3E', '<b>bad</b>'],
    ['the pair with Msg wherever it stands', 'LogLevel=ERROR&Msg=Bad+gateway', 'Bad gateway'],
    ['broken escapes as well as it can', 'Msg=50%+off', '50% off'],
    ['nothing where there is no text', null, null],
  ])('says %s', (_what, alertText, message) => {
    const seen = sightingOf(anAlert('NO1', at, { alert_text: alertText }), 'alerts')
    expect(seen.errorMessage).toBe(message)
  })

  it('takes its type from the level in any case, a notice where the level is unknown', () => {
    const types = ['Error', 'WARNING', 'debug', 'info', null].map(
      (level) => sightingOf(anAlert('NO1', at, { log_level: level }), 'alerts').logType,
    )
    expect(types).toEqual(['error', 'warning', 'debug', 'notice', 'notice'])
  })
})

describe('what cannot be read', () => {
  it.each([
    ['null', null],
    ['a list', ['SM1']],
    ['text', 'SM1'],
    ['a record without a SID', { status: 'sent' }],
    ['an empty SID', { sid: '' }],
    ['a SID that is a number', { sid: 1 }],
    ['a SID that is too long', { sid: 'S'.repeat(65) }],
    ['a SID with a NUL', { sid: 'SM\0' }],
  ])('is set aside with its reason: %s', (_what, record) => {
    const { reason, ...kept } = unreadableOf(record)
    expect(reason).not.toBe('')
    expect(kept).toMatchObject({ accountSid: testAccountSid, source: 'messages' })
  })

  it('never stops the records beside it', async () => {
    const page = [aMessage('SM1', at), null, { sid: '\uD800' }, aMessage('SM2', at)]
    const { sightings, unreadable } = await readRecords(page, from('messages'))
    expect(sightings.map((seen) => seen.twilioSid)).toEqual(['SM1', 'SM2'])
    expect(unreadable).toHaveLength(2)
  })

  it('is the only alternative to a sighting, whatever the fields hold', () => {
    const field = fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), fc.constant(undefined))
    const names = [
      'sid',
      'status',
      'error_code',
      'date_created',
      'date_updated',
      'alert_text',
      'log_level',
      'body',
    ]
    const record = fc.record(Object.fromEntries(names.map((name) => [name, field])))
    fc.assert(
      fc.property(record, fc.constantFrom('calls', 'messages', 'alerts'), (raw, source) => {
        const read = toSighting({ ...raw, sid: 'SM1' }, from(source))
        expect(read).toHaveProperty('twilioSid', 'SM1')
        expect(toSighting(raw, from(source))).toBeTypeOf('object')
      }),
    )
  })
})
