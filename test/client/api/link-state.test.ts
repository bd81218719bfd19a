import { describe, expect, it } from 'vitest'
import { type LinkChange, linkAfter, type LinkState, newLink } from '../../../client/src/api/link-state.js'
import { say } from '../../../client/src/strings.js'

const after = (...changes: readonly (readonly [LinkChange, number])[]): LinkState =>
  changes.reduce((link, [change, now]) => linkAfter(link, change, now), newLink)

describe('the link', () => {
  it('is connecting until it was live once, also when the first tries fail', () => {
    expect(after(['closed', 0], ['closed', 500]).phase).toBe('connecting')
    expect(after(['closed', 0], [{ openedAt: 500 }, 500])).toMatchObject({ phase: 'live', replay: null })
  })

  it('knows since when its data is old, however often it tries', () => {
    const cut = after(
      [{ openedAt: 0 }, 0],
      ['heard', 4_000],
      ['closed', 9_000],
      ['closed', 12_000],
      ['tick', 13_000],
    )
    expect(cut).toMatchObject({ phase: 'cut', heardAt: 4_000 })
  })

  it('knows why it is not let in until it is, or until another try ends otherwise', () => {
    const waiting = after([{ openedAt: 0 }, 0], [{ closedFor: 'Too many sockets' }, 1_000])
    expect(waiting).toMatchObject({ phase: 'cut', heardAt: 0, refusal: 'Too many sockets' })
    expect(linkAfter(waiting, { closedFor: 'Too many sockets' }, 2_000)).toBe(waiting)
    expect(linkAfter(waiting, { openedAt: 2_000 }, 2_000)).toMatchObject({ phase: 'live', refusal: null })
    expect(linkAfter(waiting, 'closed', 2_000)).toMatchObject({ phase: 'cut', refusal: null })
    expect(after([{ closedFor: 'Too many sockets' }, 0])).toMatchObject({
      phase: 'connecting',
      refusal: 'Too many sockets',
    })
  })

  it('counts what is replayed after a cut, and says so once it is quiet', () => {
    const replaying = after(
      [{ openedAt: 0 }, 0],
      ['closed', 1_000],
      [{ openedAt: 5_000 }, 5_000],
      [{ happenedAt: 1_500 }, 5_100],
      [{ happenedAt: 4_900 }, 5_200],
      [{ happenedAt: 5_250 }, 5_300],
    )
    expect(linkAfter(replaying, 'tick', 7_100).caughtUp).toBeNull()
    expect(linkAfter(replaying, 'tick', 7_300)).toMatchObject({
      phase: 'live',
      replay: null,
      caughtUp: { count: 2, isAll: true, at: 7_300 },
    })
  })

  it('counts nothing of a busy feed that happened after the cut', () => {
    let link = after(
      [{ openedAt: 0 }, 0],
      ['closed', 1_000],
      [{ openedAt: 5_000 }, 5_000],
      [{ happenedAt: 2_000 }, 5_050],
    )
    for (let now = 5_100; now <= 7_100; now += 100)
      link = linkAfter(linkAfter(link, { happenedAt: now }, now), 'tick', now)
    expect(link.caughtUp).toMatchObject({ count: 1 })
  })

  it('counts on where it is cut once more before it has caught up', () => {
    const twice = after(
      [{ openedAt: 0 }, 0],
      ['closed', 1_000],
      [{ openedAt: 5_000 }, 5_000],
      [{ happenedAt: 2_000 }, 5_050],
      ['closed', 5_100],
      ['tick', 8_000],
      [{ openedAt: 9_000 }, 9_000],
      [{ happenedAt: 3_000 }, 9_050],
      ['tick', 11_100],
    )
    expect(twice.caughtUp).toEqual({ count: 2, isAll: true, at: 11_100 })
  })

  it.each([-600_000, 600_000])('counts the same where the clock of the server is off by %s ms', (off) => {
    const replaying = after(
      [{ openedAt: off }, 0],
      ['closed', 1_000],
      [{ openedAt: off + 5_000 }, 5_000],
      [{ happenedAt: off + 1_500 }, 5_100],
      [{ happenedAt: off + 4_900 }, 5_200],
      [{ happenedAt: off + 5_250 }, 5_300],
    )
    expect(linkAfter(replaying, 'tick', 7_300).caughtUp).toEqual({ count: 2, isAll: true, at: 7_300 })
  })

  it('ends the count of a long replay, and knows that more may follow', () => {
    let link = after([{ openedAt: 0 }, 0], ['closed', 1_000], [{ openedAt: 5_000 }, 5_000])
    for (let now = 5_100; now <= 65_000; now += 100)
      link = linkAfter(linkAfter(link, { happenedAt: 4_000 }, now), 'tick', now)
    expect(link.caughtUp).toEqual({ count: 600, isAll: false, at: 65_000 })
    expect(say.link.caughtUp(link.caughtUp!)).toMatch(/caught up over 600 events$/i)
  })

  it('says of a short one that this was all, however late it looks', () => {
    const replayed = after(
      [{ openedAt: 0 }, 0],
      ['closed', 1_000],
      [{ openedAt: 5_000 }, 5_000],
      [{ happenedAt: 2_000 }, 5_050],
      ['tick', 25_000],
    )
    expect(replayed.caughtUp).toEqual({ count: 1, isAll: true, at: 25_000 })
    expect(say.link.caughtUp(replayed.caughtUp!)).toMatch(/caught up 1 event$/i)
  })

  it('waits for a server that takes its time to begin with what was missed', () => {
    const slow = after(
      [{ openedAt: 0 }, 0],
      ['closed', 1_000],
      [{ openedAt: 5_000 }, 5_000],
      ['tick', 9_000],
      [{ happenedAt: 2_000 }, 9_500],
      ['tick', 11_500],
    )
    expect(slow.caughtUp).toEqual({ count: 1, isAll: true, at: 11_500 })
  })

  it('waits the longer for the next part of a replay the longer it waited for one before', () => {
    const slow = after(
      [{ openedAt: 0 }, 0],
      ['closed', 1_000],
      [{ openedAt: 5_000 }, 5_000],
      [{ happenedAt: 2_000 }, 9_000],
      [{ happenedAt: 3_000 }, 10_900],
      ['tick', 14_000],
      [{ happenedAt: 4_000 }, 14_500],
      ['tick', 21_600],
    )
    expect(slow.caughtUp).toBeNull()
    expect(linkAfter(slow, 'tick', 21_700).caughtUp).toEqual({ count: 3, isAll: true, at: 21_700 })
  })

  it('says for a while that it caught up, also with nothing', () => {
    const caught = after(
      [{ openedAt: 0 }, 0],
      ['closed', 1_000],
      [{ openedAt: 5_000 }, 5_000],
      ['tick', 10_000],
    )
    expect(caught.caughtUp).toEqual({ count: 0, isAll: true, at: 10_000 })
    expect(linkAfter(caught, 'tick', 14_000)).toBe(caught)
    expect(linkAfter(caught, 'tick', 22_000).caughtUp).toBeNull()
  })
})
