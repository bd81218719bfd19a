import { describe, expect, it } from 'vitest'
import { shorten } from '../../src/sources/shorten.js'

describe('shortened text', () => {
  it('stays as it is where it fits', () => {
    expect(shorten('four', 4)).toBe('four')
    expect(shorten('', 4)).toBe('')
  })

  it('is as long as it may be, and ends by saying that something is missing', () => {
    expect(shorten('12345', 4)).toBe('123…')
  })

  it('keeps no half of a character at the cut', () => {
    expect(shorten('ab😀cd', 4)).toBe('ab…')
    expect(shorten('a😀bcd', 4)).toBe('a😀…')
  })
})
