import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { serverNow, serverSaid } from '../../../client/src/time/server-clock.js'

const NOON = Date.UTC(2026, 2, 1, 12)
const TEN_MINUTES = 600_000

describe('the clock of the server', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOON, toFake: ['Date'] }))
  afterEach(() => {
    serverSaid(NOON, NOON, NOON)
    vi.useRealTimers()
  })

  it('is the device’s as long as nothing else is known', () => {
    expect(serverNow()).toBe(NOON)
  })

  it.each([-TEN_MINUTES, TEN_MINUTES])('is known on a device whose clock is off by %s ms', (off) => {
    serverSaid(NOON - off, NOON - 100, NOON)
    expect(Math.abs(serverNow() - (NOON - off))).toBeLessThanOrEqual(100)
    vi.setSystemTime(NOON + 5_000)
    expect(Math.abs(serverNow() - (NOON - off + 5_000))).toBeLessThanOrEqual(100)
  })

  it('is not made wrong by an answer that was long under way', () => {
    serverSaid(NOON - 4_000, NOON - 8_000, NOON)
    expect(serverNow()).toBe(NOON)
  })

  it('is known anew once the device’s own clock is set right', () => {
    serverSaid(NOON + TEN_MINUTES, NOON, NOON)
    vi.setSystemTime(NOON + TEN_MINUTES)
    serverSaid(NOON + TEN_MINUTES, NOON + TEN_MINUTES, NOON + TEN_MINUTES)
    expect(serverNow()).toBe(NOON + TEN_MINUTES)
  })
})
