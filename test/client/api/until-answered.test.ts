import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '../../../client/src/api/api-error.js'
import { untilAnswered } from '../../../client/src/api/until-answered.js'

const away = new ApiError('unreachable', 'The server cannot be reached.')
const wrong = new ApiError('invalid', 'The filter is wrong.')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('asks until there is an answer, and tells of every try that failed', async () => {
  const ask = vi
    .fn(async () => 'answer')
    .mockRejectedValueOnce(away)
    .mockRejectedValueOnce(away)
  const failed = vi.fn()
  const answer = untilAnswered(ask, new AbortController().signal, failed)
  await vi.runAllTimersAsync()
  expect(await answer).toBe('answer')
  expect(failed.mock.calls).toEqual([[away], [away]])
})

it('asks once where asking again is of no use', async () => {
  const ask = vi.fn(async () => 'answer').mockRejectedValueOnce(wrong)
  const failed = vi.fn()
  await expect(untilAnswered(ask, new AbortController().signal, failed)).rejects.toBe(wrong)
  expect(failed).not.toHaveBeenCalled()
})

it('asks no more once nobody waits for it', async () => {
  const work = new AbortController()
  const ask = vi.fn(async () => 'answer').mockRejectedValueOnce(away)
  const answer = untilAnswered(ask, work.signal, () => work.abort())
  await expect(answer).rejects.toThrow()
  expect(ask).toHaveBeenCalledTimes(1)
})
