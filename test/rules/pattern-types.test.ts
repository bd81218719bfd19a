import { describe, expect, it } from 'vitest'
import { patternTypes } from '../../src/rules/index.js'
import { PatternError } from '../../src/rules/pattern-error.js'
import { readPattern } from '../../src/rules/read-pattern.js'
import { PatternType } from '../../src/rules/rule.js'
import { LogType } from '../../src/sources/log.js'
import { aFact } from './a-fact.js'

const examples: Record<PatternType, string> = {
  error_code: '30003',
  regex: 'unreachable',
  status: 'undelivered',
  threshold: 'code:30003',
  system: 'SOURCE_STALE',
}

describe('the list of rule types', () => {
  it('holds every pattern type once', () => {
    expect(patternTypes.map(({ type }) => type).sort()).toEqual(Object.values(PatternType).sort())
  })

  it('refuses a rule type that it does not know', () => {
    expect(() => readPattern({ patternType: 'weather' as PatternType, patternValue: 'rain' })).toThrow(
      PatternError,
    )
  })
})

describe.each(patternTypes)('the rule type $type', ({ type, read }) => {
  const failed = aFact({ status: 'undelivered', errorCode: '30003', errorMessage: 'handset unreachable' })

  it('matches its example and not an eventless log', () => {
    // What GiftPulse says of itself is in no log.
    expect(read(examples[type]).matches(failed)).toBe(type !== PatternType.SYSTEM)
    expect(read(examples[type]).matches(aFact())).toBe(false)
  })

  it('never matches a fact that says nothing', () => {
    const silent = { logType: LogType.CUSTOM, status: null, errorCode: null, errorMessage: null, text: null }
    expect(read(examples[type]).matches(silent)).toBe(false)
  })

  it('refuses an empty value', () => {
    expect(() => read('')).toThrow(PatternError)
  })

  it('warns in whole sentences', () => {
    for (const logType of [null, ...Object.values(LogType)])
      for (const warning of read(examples[type]).warnings(logType)) expect(warning).toMatch(/^[A-Z].*\.$/)
  })
})
