import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepLease, PollCutShort, type Lease } from '../../src/sources/lease.js'

let lease: Lease
let stop: AbortController

beforeEach(() => {
  vi.useFakeTimers()
  stop = new AbortController()
})
afterEach(() => {
  lease.end()
  vi.useRealTimers()
})

describe('a lease', () => {
  it('is renewed every 3 seconds until it ends', async () => {
    const renew = vi.fn(async () => true)
    lease = keepLease(renew, stop.signal)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(renew).toHaveBeenCalledTimes(20)
    lease.end()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(renew).toHaveBeenCalledTimes(20)
    expect(lease.signal.aborted).toBe(false)
  })

  it('is lost at once when a renewal is refused', async () => {
    lease = keepLease(async () => false, stop.signal)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(lease.signal.reason).toBeInstanceOf(PollCutShort)
  })

  it('outlives a store that is away for a moment', async () => {
    const renew = vi
      .fn(async () => true)
      .mockRejectedValueOnce(new Error('away'))
      .mockRejectedValueOnce(new Error('away'))
    lease = keepLease(renew, stop.signal)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(lease.signal.aborted).toBe(false)
  })

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['hangs', () => new Promise<boolean>(() => {})],
  ])('is lost when its time is over while renewing %s', async (_how, renew) => {
    lease = keepLease(renew, stop.signal)
    await vi.advanceTimersByTimeAsync(11_000)
    expect(lease.signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(lease.signal.reason).toBeInstanceOf(PollCutShort)
  })

  it('is given up when the process stops, even before it began', () => {
    lease = keepLease(async () => true, stop.signal)
    stop.abort()
    expect(lease.signal.reason).toBeInstanceOf(PollCutShort)
    const late = keepLease(async () => true, stop.signal)
    expect(late.signal.aborted).toBe(true)
    late.end()
  })
})
