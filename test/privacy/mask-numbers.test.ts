import { describe, expect, it } from 'vitest'
import { maskInternational, maskNumber, maskNumbers, maskNumbersIn } from '../../src/privacy/mask-numbers.js'

describe('a masked number', () => {
  it.each([
    ['+14155552671', '+1415***2671'],
    ['+442071838750', '+4420***8750'],
    ['14155552671', '1415***2671'],
    ['+15551234', '+15***34'],
  ])('of %s shows where it belongs and how it ends', (number, masked) => {
    expect(maskNumber(number)).toBe(masked)
  })
})

describe('masking a text', () => {
  it.each([
    ['from +14155552671 to +442071838750.', 'from +1415***2671 to +4420***8750.'],
    ['whatsapp:+14155552671', 'whatsapp:+1415***2671'],
    ['sip:+14155552671@example.com', 'sip:+1415***2671@example.com'],
    ['?To=%2B14155552671&x', '?To=%2B1415***2671&x'],
    ['call 14155552671 now', 'call 1415***2671 now'],
    ['4155552671', '41***71'],
  ])('finds the numbers in %s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
  })

  it.each([
    'SM00000000000000000000000000000000',
    '550e8400-e29b-41d4-a716-446655440000',
    '12345678-1234-4234-8234-123456789012',
    '2026-11-27T10:00:00.000Z',
    'error 30003, 12.3456789012 s, port 65535',
    '1.12345678901234',
  ])('leaves %s alone', (text) => {
    expect(maskNumbers(text)).toBe(text)
  })

  it('keeps JSON whole', () => {
    const line = JSON.stringify({ at: 1_763_880_000_000, ratio: 1e21, to: '+14155552671' })
    expect(JSON.parse(maskInternational(line))).toEqual({
      at: 1_763_880_000_000,
      ratio: 1e21,
      to: '+1415***2671',
    })
  })

  it('reaches every text in JSON', () => {
    expect(maskNumbersIn({ a: ['+14155552671', 1, null], b: { c: 'to +14155552671' } })).toEqual({
      a: ['+1415***2671', 1, null],
      b: { c: 'to +1415***2671' },
    })
  })
})
