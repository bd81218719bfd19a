import { describe, expect, it } from 'vitest'
import { regex } from '../../src/rules/regex.js'
import { patternBombs } from '../fixtures/pattern-bombs.js'
import { aFact } from './a-fact.js'
import { faultsOf } from './faults-of.js'

describe('regex patterns', () => {
  it('are searched anywhere in the error message and in the text', () => {
    const pattern = regex.read('(?i)timed? ?out')
    expect(pattern.matches(aFact({ errorMessage: 'HTTP retrieval TIMED OUT' }))).toBe(true)
    expect(pattern.matches(aFact({ errorMessage: 'other', text: 'a timeout, it seems' }))).toBe(true)
    expect(pattern.matches(aFact({ errorMessage: 'other', text: 'other' }))).toBe(false)
  })

  it('see case, line ends and empty text as RE2 does', () => {
    expect(regex.read('Timeout').matches(aFact({ text: 'timeout' }))).toBe(false)
    expect(regex.read('(?m)^b$').matches(aFact({ text: 'a\nb\nc' }))).toBe(true)
    expect(regex.read('^$').matches(aFact({ text: '' }))).toBe(true)
  })

  it('match nothing where there are no words', () => {
    expect(regex.read('.*').matches(aFact({ errorMessage: null, text: null }))).toBe(false)
  })

  it('do not find across the two fields', () => {
    expect(regex.read('one.*two').matches(aFact({ errorMessage: 'one', text: 'two' }))).toBe(false)
  })

  it('look 4,096 characters into each field', () => {
    const pattern = regex.read('end')
    expect(pattern.matches(aFact({ text: 'x'.repeat(4_093) + 'end' }))).toBe(true)
    expect(pattern.matches(aFact({ text: 'x'.repeat(4_094) + 'end' }))).toBe(false)
    expect(pattern.matches(aFact({ errorMessage: 'x'.repeat(9_000), text: 'the end' }))).toBe(true)
  })

  it('survive halves of surrogate pairs', () => {
    expect(regex.read('b$').matches(aFact({ text: '\ud83d b' }))).toBe(true)
    expect(regex.read('x').matches(aFact({ text: '😀'.repeat(2_048) + 'x' }))).toBe(false)
  })

  it.each(patternBombs)('finish on the bomb %s', (bomb) => {
    expect(regex.read(bomb).matches(aFact({ text: 'a'.repeat(4_095) + '!' }))).toBe(false)
    expect(regex.read(bomb).matches(aFact({ errorMessage: '!'.repeat(1_000_000), text: '!' }))).toBe(false)
  })

  it.each([
    ['(', 'missing closing )'],
    ['abc[', 'at character 4'],
    ['a(?=b)', 'look-ahead'],
    ['(?<!a)b', 'look-behind'],
    ['(a)\\1', 'back-references'],
    ['a++', 'possessive'],
    ['a{1001}', 'repeat'],
    ['*', 'repetition'],
  ])('refuse %s with the reason', (value, reason) => {
    const faults = faultsOf(regex, value)
    expect(faults).toEqual([expect.stringContaining('is not a valid RE2 pattern')])
    expect(faults[0]).toContain(reason)
  })

  it('are refused when they are empty, too long or too large to be searched quickly', () => {
    expect(faultsOf(regex, null)).toEqual([expect.stringContaining('must be an RE2 pattern')])
    expect(faultsOf(regex, '')).toHaveLength(1)
    expect(faultsOf(regex, 'a'.repeat(1_000))).toEqual([])
    expect(faultsOf(regex, 'a'.repeat(1_001))).toEqual(['is longer than 1000 characters'])
    expect(faultsOf(regex, '.{999}'.repeat(100))).toEqual([expect.stringContaining('too large')])
  })

  it('are told that calls have no words to search', () => {
    expect(regex.read('x').warnings('call')).toEqual([expect.stringContaining('Calls carry neither')])
    expect(regex.read('x').warnings(null)).toEqual([])
    expect(regex.read('x').warnings('error')).toEqual([])
  })
})
