import { describe, expect, it } from 'vitest'
import { PatternMemory } from '../../src/rules/pattern-memory.js'
import type { Matchable } from '../../src/rules/rule-set.js'

const words: Matchable = { logType: null, patternType: 'regex', patternValue: 'unreachable' }
const calls: Matchable = { ...words, logType: 'call' }
const others: Matchable = { ...words, patternValue: 'unreachable.*' }

describe('the patterns of one set of rules after another', () => {
  it('are read once, whichever log type their rules are for', () => {
    const memory = new PatternMemory()
    const first = memory.reader()(words)
    const next = memory.reader()
    expect(next(words)).toBe(first)
    expect(next(calls)).toBe(first)
    expect(next(others)).not.toBe(first)
  })

  it('are forgotten with the set that does not have them any more', () => {
    const memory = new PatternMemory()
    const first = memory.reader()(words)
    memory.reader()(others)
    expect(memory.reader()(words)).not.toBe(first)
  })

  it('are refused again each time they cannot be read', () => {
    const memory = new PatternMemory()
    const broken = { ...words, patternValue: '(' }
    expect(() => memory.reader()(broken)).toThrow('is not a valid RE2 pattern')
    expect(() => memory.reader()(broken)).toThrow('is not a valid RE2 pattern')
  })
})
