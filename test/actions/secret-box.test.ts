import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createSecretBox, SecretBoxError } from '../../src/actions/secret-box.js'

const box = createSecretBox('a secret key')

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof SecretBoxError) return thrown.code
    throw thrown
  }
  return undefined
}

describe('SecretBox', () => {
  it('opens what it sealed, any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(box.open(box.seal(plain))).toBe(plain)
      }),
    )
  })

  it('seals into URL-safe text that differs each time and shows nothing', () => {
    const sealed = box.seal('CANARY')
    expect(sealed).toMatch(/^[\w.-]+$/)
    expect(sealed).not.toContain('CANARY')
    expect(box.seal('CANARY')).not.toBe(sealed)
  })

  it('opens in another process that has the same key', () => {
    expect(createSecretBox('a secret key').open(box.seal('x'))).toBe('x')
  })

  it('tells another key from damage and from plain text', () => {
    const sealed = box.seal('secret')
    const last = sealed.at(-3) === 'A' ? 'B' : 'A'
    expect(codeOf(() => createSecretBox('another key').open(sealed))).toBe('wrong-key')
    expect(codeOf(() => box.open(sealed.slice(0, -3) + last + sealed.slice(-2)))).toBe('damaged')
    expect(codeOf(() => box.open('secret'))).toBe('not-sealed')
    expect(codeOf(() => box.open('gpsec1.short'))).toBe('not-sealed')
  })
})
