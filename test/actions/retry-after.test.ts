import { describe, expect, it } from 'vitest'

import { parseRetryAfter } from '../../src/actions/retry-after.js'

const now = new Date('2026-03-01T12:00:00Z')

describe('parseRetryAfter', () => {
  it.each([
    ['30', 30_000],
    ['0', 0],
    ['999999', 3_600_000],
    ['Sun, 01 Mar 2026 12:00:10 GMT', 10_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['Sun, 01 Mar 2027 12:00:00 GMT', 3_600_000],
    ['-5', null],
    ['soon', null],
    ['', null],
    [undefined, null],
  ])('reads %j as %j ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected)
  })
})
