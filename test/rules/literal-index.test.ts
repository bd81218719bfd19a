import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiteralIndex } from '../../src/rules/literal-index.js'

describe('the literal index', () => {
  it('finds literals inside each other, overlapping and at both ends', () => {
    const index = new LiteralIndex(['he', 'she', 'his', 'hers', 'ers'])
    expect([...index.search('ushers')].sort()).toEqual([0, 1, 3, 4])
    expect([...index.search('his')]).toEqual([2])
    expect([...index.search('hi')]).toEqual([])
  })

  it('holds nothing and finds nothing', () => {
    expect(new LiteralIndex([]).search('anything').size).toBe(0)
  })

  it('takes letters in either case', () => {
    expect([...new LiteralIndex(['TimeOut']).search('a TIMEout')]).toEqual([0])
  })

  it('finds exactly the literals that a text includes', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 40 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), text, (literals, searched) => {
        const expected = [...literals.keys()].filter((place) => searched.includes(literals[place]!))
        expect([...new LiteralIndex(literals).search(searched)].sort((a, b) => a - b)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('never misses a literal in whatever script', () => {
    const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(word, word, word, (before, literal, after) => {
        expect(new LiteralIndex([literal]).search(before + literal + after).has(0)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
