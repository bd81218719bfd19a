import { describe, expect, it } from 'vitest'
import { threshold } from '../../src/rules/threshold.js'
import { aFact } from './a-fact.js'
import { faultsOf } from './faults-of.js'

describe('what counts towards a threshold', () => {
  it('is every log without a pattern', () => {
    const pattern = threshold.read(null)
    expect(pattern.matches(aFact())).toBe(true)
    expect(pattern.candidates).toBe('any')
    expect(pattern.warnings('call')).toEqual([])
  })

  it('is what a code list names', () => {
    const pattern = threshold.read('code: 30001,30003-30008,!30006')
    expect(pattern.matches(aFact({ errorCode: '30007' }))).toBe(true)
    expect(pattern.matches(aFact({ errorCode: '30006' }))).toBe(false)
  })

  it('is what a status list names', () => {
    expect(threshold.read('status:FAILED').matches(aFact({ status: 'failed' }))).toBe(true)
    expect(threshold.read('status:failed').candidates).toEqual({ statuses: ['failed'] })
  })

  it('is what a regex finds, spaces and colons of the pattern included', () => {
    const pattern = threshold.read('regex: code: ?\\d')
    expect(pattern.matches(aFact({ text: 'the code: 7' }))).toBe(true)
    expect(pattern.matches(aFact({ text: 'code:7' }))).toBe(false)
  })

  it.each(['', ' ', '30003', 'codes:30003', 'CODE:30003', ':30003', 'threshold:code:1'])(
    'cannot be %j',
    (value) => {
      expect(faultsOf(threshold, value)).toEqual([
        expect.stringContaining('start with "code:", "status:" or "regex:"'),
      ])
    },
  )

  it('is refused with the faults of the narrowing pattern', () => {
    expect(faultsOf(threshold, 'code:9-1,?')).toEqual([
      'after "code:", entry 1 ("9-1") runs backwards; write 1-9',
      expect.stringContaining('after "code:", entry 2'),
    ])
    expect(faultsOf(threshold, 'status:')).toHaveLength(1)
    expect(faultsOf(threshold, 'regex:(')).toEqual([expect.stringContaining('missing closing )')])
  })

  it('carries the warnings of the narrowing pattern', () => {
    expect(threshold.read('code:30003').warnings('call')).toHaveLength(1)
    expect(threshold.read('status:busy').warnings('message')).toHaveLength(1)
    expect(threshold.read('regex:x').warnings('call')).toHaveLength(1)
  })
})
