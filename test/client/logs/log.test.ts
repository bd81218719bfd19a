import { describe, expect, it } from 'vitest'
import { toLog } from '../../../client/src/logs/log.js'
import { ruleForLog } from '../../../client/src/logs/rule-for-log.js'
import { aLog } from '../samples.js'

const textOf = (errorMessage: string | null, text: string | null): string | null =>
  toLog({ ...aLog(), errorMessage, text }).text

describe('a log', () => {
  it('says what Twilio says of its error, else what the message says, else nothing', () => {
    expect(textOf('Unreachable', 'Hello')).toBe('Unreachable')
    expect(textOf(null, 'Hello')).toBe('Hello')
    expect([textOf(null, ''), textOf(null, null)]).toEqual([null, null])
  })
})

describe('the rule that would have fired at a log', () => {
  const rule = (what: Partial<Parameters<typeof ruleForLog>[0]>): Record<string, string> =>
    Object.fromEntries(
      ruleForLog({ logType: 'MESSAGE', status: null, errorCode: null, errorMessage: null, ...what }),
    )

  it('looks for its error code, else for its status, else for its text', () => {
    expect(rule({ errorCode: '30003', status: 'failed' })).toMatchObject({
      patternType: 'ERROR_CODE',
      patternValue: '30003',
      logType: 'MESSAGE',
    })
    expect(rule({ status: 'failed' })).toMatchObject({ patternType: 'STATUS', patternValue: 'failed' })
    expect(rule({ logType: 'ERROR', errorMessage: 'a.b (c)' })).toEqual({
      logType: 'ERROR',
      patternType: 'REGEX',
      patternValue: String.raw`a\.b \(c\)`,
    })
  })
})
