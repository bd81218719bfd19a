import { describe, expect, it } from 'vitest'
import { toLog } from '../../../client/src/logs/log.js'
import { ruleForLog } from '../../../client/src/logs/rule-for-log.js'
import { aLog } from '../samples.js'

const { text: _text, ...line } = aLog()
const textOf = (errorMessage: string | null, rawData: unknown): string | null =>
  toLog({ ...line, errorMessage, rawData }).text

describe('a log', () => {
  it('says what Twilio says of its error, else what the message says, else nothing', () => {
    expect(textOf('Unreachable', { body: 'Hello' })).toBe('Unreachable')
    expect(textOf(null, { body: 'Hello' })).toBe('Hello')
    expect([{ body: '' }, { body: 7 }, 'x', null].map((raw) => textOf(null, raw))).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('keeps nothing of the record itself, which may be large', () => {
    expect(toLog({ ...line, errorMessage: null, rawData: { body: 'Hello', more: 'x' } })).toEqual(aLog())
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
