import { describe, expect, it } from 'vitest'
import { retryPause } from '../../src/actions/retry.js'

const settings = { retryAttempts: 20, baseSeconds: 5 }
const failed = { permanent: false, retryAfterMs: null }
const middle = 0.5
const HOUR_MS = 3_600_000

describe('the pause before a retry', () => {
  it('doubles from its base up to an hour', () => {
    const pauses = [1, 2, 3, 4, 10, 11, 20].map((tries) => retryPause(failed, tries, settings, middle))
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 2_560_000, HOUR_MS, HOUR_MS])
  })

  it('is spread by a tenth to either side', () => {
    expect(retryPause(failed, 1, settings, 0)).toBe(4_500)
    expect(retryPause(failed, 1, settings, 1)).toBe(5_500)
  })

  it('knows decimals', () => {
    expect(retryPause(failed, 1, { ...settings, baseSeconds: 0.2 }, middle)).toBe(200)
  })

  it('is never shorter than what the other side asked for, an hour at most', () => {
    expect(retryPause({ ...failed, retryAfterMs: 60_000 }, 1, settings, 0)).toBe(60_000)
    expect(retryPause({ ...failed, retryAfterMs: 1_000 }, 1, settings, middle)).toBe(5_000)
    expect(retryPause({ ...failed, retryAfterMs: 9 * HOUR_MS }, 1, settings, middle)).toBe(HOUR_MS)
  })

  it('is none after the last try', () => {
    const few = { ...settings, retryAttempts: 2 }
    expect(retryPause(failed, 2, few, middle)).not.toBeNull()
    expect(retryPause(failed, 3, few, middle)).toBeNull()
    expect(retryPause(failed, 1, { ...settings, retryAttempts: 0 }, middle)).toBeNull()
  })

  it('is none where trying again cannot help', () => {
    expect(retryPause({ permanent: true, retryAfterMs: 1_000 }, 1, settings, middle)).toBeNull()
  })
})
