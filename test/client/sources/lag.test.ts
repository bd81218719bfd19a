import { describe, expect, it } from 'vitest'
import { lagAt } from '../../../client/src/sources/lag.js'

describe('how far a list is behind', () => {
  it('is what the server said and what has passed since, whatever the time of day is on the device', () => {
    for (const heard of [0, Date.UTC(2026, 2, 1), Date.UTC(2031, 2, 1)])
      expect([
        lagAt({ lagSeconds: 4 }, heard, heard),
        lagAt({ lagSeconds: 4 }, heard, heard + 9_000),
      ]).toEqual([4, 13])
  })

  it('is no less than the server said where the device’s clock was set back meanwhile', () => {
    expect(lagAt({ lagSeconds: 4 }, 600_000, 0)).toBe(4)
  })

  it('is not known of what was never read', () => {
    expect(lagAt({ lagSeconds: null }, 0, 1_000)).toBeNull()
  })
})
