import { describe, expect, it } from 'vitest'
import type { Log } from '../../../client/src/logs/log.js'
import { LogTail } from '../../../client/src/logs/log-tail.js'
import { aLog, atSecond } from '../samples.js'

const logAt = (second: number, what: Partial<Log> = {}): Log =>
  aLog({ id: `log-${second}`, timestamp: atSecond(second), ...what })

/** A tail that is drawn when the test says so. */
function aTail(limit?: number) {
  const draws: (() => void)[] = []
  const tail = new LogTail((draw) => void draws.push(draw), limit)
  return {
    tail,
    draws,
    shown: () => {
      for (const draw of draws.splice(0)) draw()
      return tail.read().rows.map(({ id }) => id)
    },
  }
}

describe('the tail', () => {
  it('stands newest first by their own time, in whatever order logs come', () => {
    const { tail, shown } = aTail()
    for (const second of [2, 5, 1, 4, 3]) tail.put(logAt(second))
    expect(shown()).toEqual(['log-5', 'log-4', 'log-3', 'log-2', 'log-1'])
  })

  it('knows logs of the same moment apart by their id, as the API pages them', () => {
    const { tail, shown } = aTail()
    for (const id of ['b', 'c', 'a']) tail.put(aLog({ id }))
    expect(shown()).toEqual(['c', 'b', 'a'])
  })

  it('takes over a change in its place, and never goes back to an older version', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1), logAt(9)])
    tail.put(logAt(1, { status: 'delivered', updatedAt: atSecond(20) }))
    tail.put(logAt(1, { status: 'queued', updatedAt: atSecond(12) }))
    expect(shown()).toEqual(['log-9', 'log-1'])
    expect(tail.read().rows[1]?.status).toBe('delivered')
  })

  it('moves a log whose time turned out to be another, and still knows every other', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1), logAt(2), logAt(3)])
    tail.put(logAt(3, { timestamp: atSecond(0), updatedAt: atSecond(20) }))
    tail.put(logAt(2, { status: 'delivered', updatedAt: atSecond(21) }))
    expect(shown()).toEqual(['log-2', 'log-1', 'log-3'])
    expect(tail.read().rows[0]?.status).toBe('delivered')
  })

  it('stays held when it begins anew, with the page that was read', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1)])
    tail.hold(true)
    tail.start([logAt(5)])
    tail.put(logAt(6))
    expect(shown()).toEqual(['log-5'])
    expect(tail.read().waiting).toBe(1)
  })

  it('asks to be drawn once, however many logs came', () => {
    const { tail, draws } = aTail()
    for (let second = 0; second < 500; second += 1) tail.put(logAt(second))
    expect(draws).toHaveLength(1)
  })

  it('asks for nothing when a log of the page comes once more', () => {
    const { tail, draws } = aTail()
    tail.start([logAt(1)])
    tail.put(logAt(1))
    expect(draws).toHaveLength(0)
  })

  it('keeps no more than its limit, dropping the oldest', () => {
    const { tail, shown } = aTail(3)
    for (const second of [5, 1, 4, 2, 3, 0]) tail.put(logAt(second))
    expect(shown()).toEqual(['log-5', 'log-4', 'log-3'])
  })

  it('forgets a log that the filter no longer lets through, wherever it stands', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1), logAt(2), logAt(3)])
    const [, second] = tail.newest(2)
    if (second) tail.remove(second)
    tail.remove(logAt(7))
    expect(shown()).toEqual(['log-3', 'log-1'])
  })

  it('keeps a log whose newer version came while the older one was being judged', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1)])
    const [older] = tail.newest(1)
    tail.put(logAt(1, { status: 'failed', updatedAt: atSecond(30) }))
    if (older) tail.remove(older)
    expect(shown()).toEqual(['log-1'])
  })

  it('holds still while it is held, counts what is new, and shows all of it afterwards', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1)])
    tail.hold(true)
    tail.put(logAt(2))
    tail.put(logAt(3))
    tail.put(logAt(1, { status: 'failed', updatedAt: atSecond(30) }))
    expect(shown()).toEqual(['log-1'])
    expect(tail.read().waiting).toBe(2)
    tail.hold(false)
    expect(shown()).toEqual(['log-3', 'log-2', 'log-1'])
    expect(tail.read()).toMatchObject({ waiting: 0 })
  })

  it('counts what came just before it was held, and is not drawn any more', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1)])
    tail.put(logAt(2))
    tail.hold(true)
    tail.put(logAt(3))
    expect(shown()).toEqual(['log-1'])
    expect(tail.read().waiting).toBe(2)
  })

  it('begins anew with the logs of another page', () => {
    const { tail, shown } = aTail()
    tail.start([logAt(1), logAt(2)])
    tail.hold(true)
    tail.start([logAt(7)])
    expect(shown()).toEqual(['log-7'])
  })
})
