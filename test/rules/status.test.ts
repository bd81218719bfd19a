import { describe, expect, it } from 'vitest'
import { status } from '../../src/rules/status.js'
import { aFact } from './a-fact.js'
import { faultsOf } from './faults-of.js'

describe('status lists', () => {
  it.each(['failed', 'undelivered', 'no-answer', 'In-Progress'])('match %s in any case', (actual) => {
    expect(status.read(' FAILED, Undelivered,no-Answer,in-progress').matches(aFact({ status: actual }))).toBe(
      true,
    )
  })

  it('match nothing else', () => {
    const pattern = status.read('failed')
    expect(pattern.matches(aFact({ status: 'delivered' }))).toBe(false)
    expect(pattern.matches(aFact({ status: null }))).toBe(false)
  })

  it('promise the index their statuses in lower case, each once', () => {
    expect(status.read('FAILED,failed,Busy').candidates).toEqual({ statuses: ['failed', 'busy'] })
  })

  it('are refused with every fault and its place', () => {
    expect(faultsOf(status, `failed,,${'x'.repeat(101)}`)).toEqual([
      'entry 2 ("") names no status',
      `entry 3 ("${'x'.repeat(40)}…") is longer than 100 characters`,
    ])
  })

  it.each([null, '', ' ', ','])('refuse %j', (value) => {
    expect(faultsOf(status, value)).not.toEqual([])
  })
})

describe('status rules that can never match', () => {
  it.each(['error', 'warning', 'notice', 'debug'] as const)(
    'are told that %s alerts have no status',
    (logType) => {
      expect(status.read('failed').warnings(logType)).toEqual([
        expect.stringContaining('Monitor alerts have no status'),
      ])
    },
  )

  it('are told which statuses the type never has', () => {
    expect(status.read('busy').warnings('message')).toEqual([
      expect.stringMatching(/^No message ever has the status "busy", so this can never match\..*undelivered/),
    ])
    expect(status.read('failed,delivered').warnings('call')).toEqual([
      expect.stringMatching(
        /^No call ever has the status "delivered", so these entries never match\..*no-answer/,
      ),
    ])
  })

  it('are told which statuses Twilio does not know', () => {
    expect(status.read('failed,cancelled').warnings(null)).toEqual([
      expect.stringContaining('Twilio has no status "cancelled"'),
    ])
  })

  it('are not suspected where the status is possible', () => {
    expect(status.read('failed,Partially_Delivered').warnings('message')).toEqual([])
    expect(status.read('in-progress').warnings('call')).toEqual([])
    expect(status.read('busy,undelivered').warnings(null)).toEqual([])
    expect(status.read('on fire').warnings('custom')).toEqual([])
  })
})
