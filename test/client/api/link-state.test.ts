import { describe, expect, it } from 'vitest'
import { type LinkChange, linkAfter, type LinkState, newLink } from '../../../client/src/api/link-state.js'

const after = (...changes: readonly (readonly [LinkChange, number])[]): LinkState =>
  changes.reduce((link, [change, now]) => linkAfter(link, change, now), newLink)

describe('the link', () => {
  it('is connecting until it was live once, also when the first tries fail', () => {
    expect(after(['closed', 0], ['closed', 500]).phase).toBe('connecting')
    expect(after(['closed', 0], ['opened', 500])).toMatchObject({ phase: 'live', replay: null })
  })

  it('knows since when its data is old, however often it tries', () => {
    const cut = after(
      ['opened', 0],
      ['heard', 4_000],
      ['closed', 9_000],
      ['closed', 12_000],
      ['tick', 13_000],
    )
    expect(cut).toMatchObject({ phase: 'cut', heardAt: 4_000 })
  })

  it('counts what is replayed after a cut, and says so once it is quiet', () => {
    const replaying = after(
      ['opened', 0],
      ['closed', 1_000],
      ['opened', 5_000],
      ['news', 5_100],
      ['news', 5_200],
    )
    expect(linkAfter(replaying, 'tick', 5_900).caughtUp).toBeNull()
    expect(linkAfter(replaying, 'tick', 6_100)).toMatchObject({
      phase: 'live',
      replay: null,
      caughtUp: { count: 2, at: 6_100 },
    })
  })

  it('ends the count in a busy feed, where live events follow without a pause', () => {
    let link = after(['opened', 0], ['closed', 1_000], ['opened', 5_000])
    for (let now = 5_100; now <= 10_000; now += 100)
      link = linkAfter(linkAfter(link, 'news', now), 'tick', now)
    expect(link.caughtUp).toMatchObject({ at: 10_000 })
  })

  it('says for a while that it caught up, also with nothing', () => {
    const caught = after(['opened', 0], ['closed', 1_000], ['opened', 5_000], ['tick', 6_000])
    expect(caught.caughtUp).toEqual({ count: 0, at: 6_000 })
    expect(linkAfter(caught, 'tick', 10_000)).toBe(caught)
    expect(linkAfter(caught, 'tick', 18_000).caughtUp).toBeNull()
  })
})
