import { describe, expect, it } from 'vitest'
import { type DeliveryFields, type LogFields, toDelivery, toLog } from '../../client/src/answers.js'
import { aDelivery, aLog } from './samples.js'

const { text: _text, ...log } = aLog()
const { actionType, problem: _problem, ...delivery } = aDelivery()

function logText(what: Partial<LogFields>): string | null {
  return toLog({ ...log, errorMessage: null, rawData: null, ...what }).text
}

function problem(what: Partial<DeliveryFields>): string | null {
  return toDelivery({ ...delivery, action: { actionType }, actionResult: null, attempts: [], ...what })
    .problem
}

describe('a log', () => {
  it('says what Twilio says of its error, else what the message says, else nothing', () => {
    const rawData = { body: 'Hello' }
    expect(logText({ errorMessage: 'Unreachable', rawData })).toBe('Unreachable')
    expect(logText({ rawData })).toBe('Hello')
    expect([{ rawData: { body: '' } }, { rawData: { body: 7 } }, { rawData: 'x' }, {}].map(logText)).toEqual(
      Array.from({ length: 4 }, () => null),
    )
  })

  it('keeps nothing of the record itself, which may be large', () => {
    expect(toLog({ ...log, errorMessage: null, rawData: { body: 'Hello', more: 'x' } })).toEqual(aLog())
  })
})

describe('a delivery', () => {
  it('has the problem of its last try, as long as that one failed', () => {
    const failed = { success: false, error: 'http-503' }
    expect(problem({ attempts: [failed] })).toBe('http-503')
    expect(problem({ attempts: [failed, { success: true, error: null }] })).toBeNull()
  })

  it('gives the reason for which it was suppressed', () => {
    expect(problem({ actionResult: { reason: 'its rule was disabled' } })).toBe('its rule was disabled')
  })
})
