import { describe, expect, it } from 'vitest'
import { type FieldFault, InputError } from '../../src/errors.js'
import { type RuleSettings, checkRule } from '../../src/rules/check-rule.js'

function settings(over: Partial<RuleSettings> = {}): RuleSettings {
  return {
    name: 'Carrier trouble',
    description: null,
    logType: 'message',
    patternType: 'error_code',
    patternValue: '30001,30003-30008,!30006',
    thresholdCount: null,
    thresholdWindowMinutes: null,
    cooldownMinutes: 0,
    ...over,
  }
}

const aThreshold = {
  patternType: 'threshold',
  patternValue: null,
  thresholdCount: 5,
  thresholdWindowMinutes: 10,
} as const

function faults(over: Partial<RuleSettings>): readonly FieldFault[] {
  try {
    checkRule(settings(over))
    return []
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.fields
    throw thrown
  }
}

const paths = (over: Partial<RuleSettings>) => faults(over).map(({ path }) => path)

describe('checking a rule before it is saved', () => {
  it('finds nothing wrong with sound settings', () => {
    expect(checkRule(settings())).toEqual({ warnings: [] })
    expect(checkRule(settings({ ...aThreshold, description: 'Five in ten minutes.' }))).toEqual({
      warnings: [],
    })
    expect(checkRule(settings({ ...aThreshold, patternValue: 'status:failed' }))).toEqual({ warnings: [] })
  })

  it('names every bad field at once', () => {
    const bad = {
      name: ' ',
      description: 'x'.repeat(2_001),
      patternType: 'threshold',
      patternValue: '30003',
      thresholdCount: 0,
      thresholdWindowMinutes: null,
      cooldownMinutes: -1,
    } as const
    expect(paths(bad).sort()).toEqual(
      [
        'name',
        'description',
        'patternValue',
        'thresholdCount',
        'thresholdWindowMinutes',
        'cooldownMinutes',
      ].sort(),
    )
  })

  it('names a field once however many entries of it are wrong', () => {
    expect(faults({ patternValue: '9-1,?' })).toEqual([
      { path: 'patternValue', message: expect.stringMatching(/entry 1 .*; entry 2 /) },
    ])
  })

  it.each(['error_code', 'status', 'regex'] as const)('wants a value for %s', (patternType) => {
    expect(paths({ patternType, patternValue: null })).toEqual(['patternValue'])
    expect(paths({ patternType, patternValue: '' })).toEqual(['patternValue'])
  })

  it('wants both numbers of a threshold', () => {
    expect(paths({ ...aThreshold, thresholdCount: null, thresholdWindowMinutes: null })).toEqual([
      'thresholdCount',
      'thresholdWindowMinutes',
    ])
  })

  it.each([
    ['thresholdCount', [1, 10_000], [0, 10_001, 1.5, Number.NaN]],
    ['thresholdWindowMinutes', [1, 10_080], [0, 10_081, 0.5]],
    ['cooldownMinutes', [0, 10_080], [-1, 10_081, 2.5]],
  ] as const)('holds %s to its bounds', (field, good, bad) => {
    for (const value of good) expect(paths({ ...aThreshold, [field]: value })).toEqual([])
    for (const value of bad) expect(paths({ ...aThreshold, [field]: value })).toEqual([field])
  })

  it('holds the name to 200 characters and keeps out what cannot be stored', () => {
    expect(paths({ name: 'x'.repeat(200) })).toEqual([])
    expect(paths({ name: 'x'.repeat(201) })).toEqual(['name'])
    expect(paths({ name: 'a\0b', description: '\ud800' })).toEqual(['name', 'description'])
    expect(paths({ patternType: 'regex', patternValue: 'a\0' })).toEqual(['patternValue'])
    expect(paths({ patternType: 'status', patternValue: 'x\udc00' })).toEqual(['patternValue'])
    expect(paths({ name: 'Störung 🚨' })).toEqual([])
  })

  it('warns of a rule that can never match, and lets it be saved', () => {
    const { warnings } = checkRule(settings({ logType: 'call', patternValue: '30003' }))
    expect(warnings).toEqual([expect.stringContaining('can never match')])
  })

  it('warns of threshold numbers that nothing uses', () => {
    const { warnings } = checkRule(settings({ thresholdCount: 3, thresholdWindowMinutes: 10 }))
    expect(warnings).toEqual([
      expect.stringMatching(/^thresholdCount and thresholdWindowMinutes are kept but not used/),
    ])
  })
})
