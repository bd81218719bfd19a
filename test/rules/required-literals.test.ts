import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PatternError } from '../../src/rules/pattern-error.js'
import { PatternIndex } from '../../src/rules/pattern-index.js'
import type { Pattern } from '../../src/rules/pattern-type.js'
import { regex } from '../../src/rules/regex.js'
import { requiredLiterals } from '../../src/rules/required-literals.js'
import { aFact } from './a-fact.js'

describe('the literals that a match must hold', () => {
  it.each([
    ['timeout', ['timeout']],
    ['(?i)TimeOut', ['TimeOut']],
    ['^error \\d+: carrier', [': carrier']],
    ['time(?:d )?out', ['time']],
    ['timeout|refused|reset', ['timeout', 'refused', 'reset']],
    ['connection (?:refused|reset)', ['connection ']],
    ['x(?P<what>abcd|efgh)y', ['abcd', 'efgh']],
    ['ab+cd', ['ab']],
    ['abx*cd', ['ab']],
    ['abx{0,3}cde', ['cde']],
    ['a\\.b\\-c', ['a.b-c']],
    ['[[:digit:]]\\]x[^\\]]end', ['end']],
    ['12 characters are kept', ['12 character']],
    ['ошибка', ['ошибка']],
  ])('of %s are %j', (pattern, literals) => {
    expect(requiredLiterals(pattern)).toEqual(literals)
  })

  it.each([
    '.*',
    '\\d+',
    'a|bcd',
    'abc|',
    '(abc)?',
    '(?:abc){0}',
    '(?i)ошибка',
    '\\Qab\\E',
    '[]abc]',
    '\\141bc',
    '😀?',
    'a😀?b',
    Array.from({ length: 17 }, (_, n) => `word${n}`).join('|'),
  ])('of %s are not known', (pattern) => {
    expect(requiredLiterals(pattern)).toBeNull()
  })

  it('never cost a match', () => {
    let matched = 0
    const property = fc.property(sampled, fc.boolean(), fc.nat(6), (one, folds, spelling) => {
      const pattern = readIfValid((folds ? '(?i)' : '') + one.pattern)
      const fact = aFact({ text: `- ${folds ? respelled(one.sample, spelling) : one.sample} -` })
      if (!pattern || pattern.candidates === 'any' || !pattern.matches(fact)) return
      if ('literals' in pattern.candidates && pattern.candidates.literals !== 'any') matched++
      const index = new PatternIndex<Pattern>()
      index.add(pattern, pattern.candidates)
      expect([...index.candidates(fact)]).toEqual([pattern])
    })
    fc.assert(property, { numRuns: 3_000 })
    expect(matched).toBeGreaterThan(500)
  })
})

/** A pattern with a text that it matches, most of the time. */
interface Sampled {
  readonly pattern: string
  readonly sample: string
}

const atoms: readonly Sampled[] = [
  ...[...'abkKsSeiI1- {}]:,éяΣ😀\u017f\u212a'].map((char) => ({ pattern: char, sample: char })),
  ...[...'.-[(\\|+_'].map((char) => ({ pattern: `\\${char}`, sample: char })),
  { pattern: '.', sample: 'w' },
  { pattern: '\\d', sample: '7' },
  { pattern: '\\pL', sample: 'я' },
  { pattern: '\\p{Greek}', sample: 'Σ' },
  { pattern: '\\x41', sample: 'A' },
  { pattern: '\\x{1F600}', sample: '😀' },
  { pattern: '\\101', sample: 'A' },
  { pattern: '\\Qa.b\\E', sample: 'a.b' },
  { pattern: '[^x]', sample: 'q' },
  { pattern: '[]ab]', sample: ']' },
  { pattern: '[\\]a[:digit:]]', sample: '5' },
  { pattern: 'b{,2}', sample: 'b{,2}' },
  { pattern: 'ab{0}', sample: 'a' },
  { pattern: '(?s)', sample: '' },
  { pattern: '(?-i)', sample: '' },
  { pattern: '$', sample: '' },
  { pattern: '\\b', sample: '' },
]

const words: readonly Sampled[] = ['error', 'ask', 'KS', 'si'].map((word) => ({
  pattern: word,
  sample: word,
}))

const { sampled } = fc.letrec<{ sampled: Sampled; part: Sampled }>((tie) => ({
  sampled: fc.array(tie('part'), { minLength: 1, maxLength: 5 }).map((parts) => ({
    pattern: parts.map(({ pattern }) => pattern).join(''),
    sample: parts.map(({ sample }) => sample).join(''),
  })),
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: fc.constantFrom(...words), weight: 2 },
    fc.constantFrom(...atoms),
    fc
      .tuple(fc.constantFrom(...atoms), fc.constantFrom('*', '+', '?', '+?', '??', '{1,2}', '{0,1}'))
      .map(([{ pattern, sample }, repeat]) => ({ pattern: pattern + repeat, sample })),
    fc.tuple(tie('sampled'), fc.constantFrom('?', '*', '{0}', '{0,2}')).map(([{ pattern }, repeat]) => ({
      pattern: `(?:${pattern})${repeat}`,
      sample: '',
    })),
    fc.tuple(tie('sampled'), fc.constantFrom('+', '{2}', '{1,}?')).map(([{ pattern, sample }, repeat]) => ({
      pattern: `(${pattern})${repeat}`,
      sample: sample + sample,
    })),
    fc
      .tuple(tie('sampled'), tie('sampled'), fc.constantFrom('(', '(?:', '(?i:', '(?P<n>', '(?<n>'))
      .map(([one, other, open]) => ({
        pattern: `${open}${one.pattern}|${other.pattern})`,
        sample: other.sample,
      })),
  ),
}))

/** The same text as it might be written where case does not matter. */
function respelled(text: string, spelling: number): string {
  if (spelling === 1) return text.toUpperCase()
  if (spelling === 2) return text.toLowerCase()
  if (spelling === 3) return text.replace(/[kK]/g, '\u212a').replace(/[sS]/g, '\u017f')
  return text
}

function readIfValid(pattern: string): Pattern | null {
  try {
    return regex.read(pattern)
  } catch (thrown) {
    if (thrown instanceof PatternError) return null
    throw thrown
  }
}
