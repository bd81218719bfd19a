import { expect, it, vi } from 'vitest'
import { ApiError } from '../../../client/src/api/api-error.js'
import type { Api } from '../../../client/src/api/api.js'
import { AlertNewsDocument } from '../../../client/src/api/documents.js'
import type { FeedLink, Follower } from '../../../client/src/api/feed-link.js'
import { followOn } from '../../../client/src/api/follow-on.js'

/** A feed that was asked for, from where on, and whether anybody still follows it. */
interface Followed {
  readonly after: string
  readonly follower: Follower<{ readonly cursor: string }>
  isOver: boolean
}

/** Follows alerts from `old` on; `answers` are what the API says of where the feeds stand. */
function following(answers: readonly (string | ApiError)[]) {
  const followed: Followed[] = []
  const missed = vi.fn()
  const left = [...answers]
  const api = {
    ask: async () => {
      const answer = left.shift()
      if (answer instanceof ApiError) throw answer
      return { alerts: { feedCursor: answer } }
    },
  } as unknown as Pick<Api, 'ask'>
  const feeds = {
    follow: (_: unknown, __: unknown, after: string, follower: Followed['follower']) => {
      const one: Followed = { after, follower, isOver: false }
      followed.push(one)
      return () => void (one.isOver = true)
    },
  } as Pick<FeedLink, 'follow'>
  const stop = followOn({ api, feeds }, AlertNewsDocument, {}, 'old', { next: () => {}, missed })
  return { followed, missed, stop, left }
}

it('goes on from a new place where its own is of no use any more, and says that something was missed', async () => {
  const { followed, missed } = following(['new'])
  followed[0]?.follower.stale()
  await vi.waitFor(() => expect(missed).toHaveBeenCalledTimes(1))
  expect(followed.map(({ after }) => after)).toEqual(['old', 'new'])
})

it('asks for the new place until it is told', async () => {
  const away = new ApiError('unreachable', 'The server cannot be reached.')
  const { followed } = following([away, 'new'])
  followed[0]?.follower.stale()
  await vi.waitFor(() => expect(followed.at(-1)?.after).toBe('new'), 5_000)
})

it('follows nothing once it is stopped, also while it asks', async () => {
  const { followed, stop, left } = following(['new'])
  followed[0]?.follower.stale()
  stop()
  await vi.waitFor(() => expect(left).toEqual([]))
  await Promise.resolve()
  expect(followed.map(({ after }) => after)).toEqual(['old'])
  expect(followed[0]?.isOver).toBe(true)
})
