import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Rarely } from '../../../client/src/api/rarely.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Work that takes a second, asked for every tenth of a second. */
async function storm(rarely: Rarely, seconds: number): Promise<void> {
  for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
    rarely.ask()
    await vi.advanceTimersByTimeAsync(100)
  }
}

it('does at once what is asked for, and in a storm as often as its pause lets it, one after the other', async () => {
  let [begun, running, most] = [0, 0, 0]
  const rarely = new Rarely(async () => {
    begun += 1
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    running -= 1
  }, 2_000)
  rarely.ask()
  expect(begun).toBe(1)
  await storm(rarely, 29)
  expect(begun).toBe(10)
  expect(most).toBe(1)
})

it('does what was asked for last, once it is quiet again', async () => {
  const work = vi.fn(async () => {})
  const rarely = new Rarely(work, 2_000)
  rarely.ask()
  await vi.advanceTimersByTimeAsync(500)
  rarely.ask()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(work).toHaveBeenCalledTimes(2)
})

it('does nothing more once it is stopped', async () => {
  const work = vi.fn(async () => {})
  const rarely = new Rarely(work, 2_000)
  rarely.ask()
  rarely.ask()
  rarely.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(work).toHaveBeenCalledTimes(1)
})
