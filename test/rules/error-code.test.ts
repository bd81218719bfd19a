import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../src/rules/error-code.js'
import { aFact } from './a-fact.js'
import { faultsOf } from './faults-of.js'

function matched(list: string, codes: readonly string[]): readonly string[] {
  const pattern = errorCode.read(list)
  return codes.filter((code) => pattern.matches(aFact({ errorCode: code })))
}

describe('error code lists', () => {
  it('match single codes and ranges, without what is excluded', () => {
    const codes = ['30001', '30002', '30003', '30006', '30008', '30009']
    expect(matched('30001,30003-30008,!30006', codes)).toEqual(['30001', '30003', '30008'])
  })

  it('allow spaces anywhere between the parts', () => {
    expect(matched(' 30001 , 30003 - 30004,\n! 30003 ', ['30001', '30003', '30004'])).toEqual([
      '30001',
      '30004',
    ])
  })

  it('that only exclude match every other code', () => {
    const codes = ['30006', '11200', 'E-TIMEOUT', '9999999999', '11750']
    expect(matched('!30006,!11700-11799', codes)).toEqual(['11200', 'E-TIMEOUT', '9999999999'])
  })

  it('never match a log without a code', () => {
    expect(errorCode.read('!30006').matches(aFact({ errorCode: null }))).toBe(false)
  })

  it('compare codes that are no plain numbers as text', () => {
    expect(
      matched('E_TIMEOUT,sip-404,007,1-9,!x.y', ['E_TIMEOUT', 'e_timeout', 'sip-404', '007', '7', 'x.y']),
    ).toEqual(['E_TIMEOUT', 'sip-404', '007', '7'])
    expect(matched('1-9', ['07'])).toEqual([])
  })

  it('take the largest range there is', () => {
    expect(matched('0-999999999,!5', ['0', '5', '999999999', '1000000000'])).toEqual(['0', '999999999'])
  })

  it('are refused with every fault and its place', () => {
    expect(faultsOf(errorCode, '30001,30008-30003,,30003-,!, two words,1-1234567890')).toEqual([
      'entry 2 ("30008-30003") runs backwards; write 30003-30008',
      'entry 3 ("") names no code',
      'entry 4 ("30003-") is neither a code nor a range such as 30003-30008',
      'entry 5 ("!") names no code',
      expect.stringMatching(/^entry 6 \("two words"\) is not a code/),
      'entry 7 ("1-1234567890") has a bound of more than 9 digits',
    ])
  })

  it.each([null, '', '   ', ',', '!', '30003–30008', '!!30001'])('refuse %j', (value) => {
    expect(faultsOf(errorCode, value)).not.toEqual([])
  })

  it('name the first faults of a long list and count the rest', () => {
    const faults = faultsOf(errorCode, Array.from({ length: 30 }, () => '?').join(','))
    expect(faults).toHaveLength(11)
    expect(faults.at(-1)).toBe('20 more entries are wrong')
  })

  it('are refused when they are too long to be kept in memory', () => {
    expect(faultsOf(errorCode, Array.from({ length: 1_001 }, () => '1').join(','))).toEqual([
      'has 1001 entries; at most 1000 are possible',
    ])
    expect(faultsOf(errorCode, ' '.repeat(30_000) + '1')).toEqual(['is longer than 20000 characters'])
  })

  it('match the same codes as a list written out code by code', () => {
    const number = fc.integer({ min: 0, max: 60 })
    const entry = fc.record({
      excludes: fc.boolean(),
      from: number,
      width: fc.option(fc.integer({ min: 0, max: 12 })),
    })
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (entries) => {
        const list = entries.map(
          ({ excludes, from, width }) =>
            (excludes ? '!' : '') + (width === null ? from : `${from}-${from + width}`),
        )
        const namedBy = (code: number, excludes: boolean) =>
          entries.some((e) => e.excludes === excludes && code >= e.from && code <= e.from + (e.width ?? 0))
        const onlyExcludes = entries.every((e) => e.excludes)
        const codes = Array.from({ length: 80 }, (_, code) => code)
        const expected = codes.filter(
          (code) => (onlyExcludes || namedBy(code, false)) && !namedBy(code, true),
        )
        expect(matched(list.join(','), codes.map(String))).toEqual(expected.map(String))
      }),
      { numRuns: 500 },
    )
  })
})

describe('what an error code list promises the index', () => {
  it('is its codes while they are few', () => {
    expect(errorCode.read('30003-30006,!30004,E1').candidates).toEqual({
      errorCodes: ['30003', '30005', '30006', 'E1'],
    })
  })

  it.each(['30000-30999', '!30006', '0-999999999'])('is any code for %s', (list) => {
    expect(errorCode.read(list).candidates).toEqual({ errorCodes: 'any' })
  })
})

describe('error code rules that can never match', () => {
  it.each(['30003', '30001,30003-30008', '30000-30999,!30500'])(
    'are told that %s belongs to messages',
    (list) => {
      expect(errorCode.read(list).warnings('call')).toEqual([expect.stringContaining('log type MESSAGE')])
    },
  )

  it('are told that calls carry no code, whatever the code', () => {
    expect(errorCode.read('13224,30003').warnings('call')).toEqual([
      expect.stringContaining('Calls carry no error code'),
    ])
    expect(errorCode.read('!11200').warnings('call')).toHaveLength(1)
  })

  it('are told that nothing is left of the list', () => {
    expect(errorCode.read('30006,!30001-30010').warnings(null)).toEqual([
      expect.stringContaining('excludes every code'),
    ])
  })

  it.each(['abc', '007', '404', '1-9999', '30003x'])('are told that Twilio has no code %s', (code) => {
    const never = `Twilio has no error code "${code}": `
    const [onAny, onMessages, withOthers] = [
      errorCode.read(code).warnings(null),
      errorCode.read(code).warnings('message'),
      errorCode.read(`30003,${code}`).warnings('error'),
    ]
    expect(onAny).toEqual([expect.stringContaining(`${never}only logs of the type CUSTOM could match`)])
    expect(onMessages).toEqual([expect.stringContaining(`${never}this can never match`)])
    expect(withOthers).toEqual([expect.stringContaining(`${never}these entries never match`)])
    expect(errorCode.read(code).warnings('custom')).toEqual([])
  })

  it.each(['30003,!abc', '!abc', '1-99999'])(
    'are not suspected of %s, which holds codes of Twilio',
    (list) => {
      expect(errorCode.read(list).warnings(null)).toEqual([])
    },
  )

  it.each([null, 'message', 'error', 'custom'] as const)('are not suspected on %s logs', (logType) => {
    expect(errorCode.read('30003').warnings(logType)).toEqual([])
  })
})
