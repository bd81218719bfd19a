import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storable, storableText } from '../../src/sources/storable.js'

describe('storableText', () => {
  it.each([
    ['a NUL', 'a\0b', 'a\uFFFDb'],
    ['a lone high surrogate', 'a\uD83Db', 'a\uFFFDb'],
    ['a lone low surrogate', '\uDE00', '\uFFFD'],
    ['a pair, which stays', 'ok 😀', 'ok 😀'],
    ['right-to-left text, which stays', '\u202Eשלום', '\u202Eשלום'],
  ])('cleans %s', (_what, text, cleaned) => {
    expect(storableText(text)).toBe(cleaned)
  })

  it('cuts inside a pair without leaving half of it', () => {
    expect(storableText('ab😀', 3)).toBe('ab\uFFFD')
  })
})

describe('storable', () => {
  it('leaves ordinary records as they are, keys in their order', () => {
    const record = { sid: 'SM1', price: null, tags: ['a', 1.5, true, {}], nested: { b: 1, a: [] } }
    expect(storable(record)).toEqual(record)
    expect(JSON.stringify(storable(record))).toBe(JSON.stringify(record))
  })

  it('turns numbers that are none into null', () => {
    expect(storable(JSON.parse('{"big":1e400000,"small":-1e999,"one":1}'))).toEqual({
      big: null,
      small: null,
      one: 1,
    })
  })

  it('cleans keys and drops the one that would set a prototype', () => {
    const cleaned = storable(JSON.parse('{"a\\u0000":1,"__proto__":{"polluted":true}}'))
    expect(Object.entries(cleaned as object)).toEqual([['a\uFFFD', 1]])
    expect((cleaned as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('replaces what lies too deep, however deep that is', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const cleaned = storable(JSON.parse(`{"sid":"SM1","deep":${deep}}`))
    expect(cleaned).toHaveProperty('sid', 'SM1')
    expect(JSON.stringify(cleaned)).toContain('deeper than 64 levels')
  })

  it('cuts long strings and replaces records that are too large by a note', () => {
    expect(storable({ body: 'x'.repeat(100_000) })).toEqual({ body: 'x'.repeat(65_536) })
    const large = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`k${n}`, 'x'.repeat(60_000)]))
    expect(storable(large)).toEqual({ note: expect.stringContaining('256 kB') })
    expect(storable(Array.from({ length: 200_000 }, () => 0))).toEqual({ note: expect.any(String) })
  })

  it('gives JSON without NUL and lone surrogates for any value, and the same for its own result', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const once = storable(value)
        const text = JSON.stringify(once)
        expect(text).not.toContain('\\u0000')
        expect(text).not.toMatch(/\\ud[89a-f]/)
        expect(storable(once)).toEqual(once)
      }),
    )
  })
})
