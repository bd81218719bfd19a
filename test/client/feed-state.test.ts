import { describe, expect, it } from 'vitest'
import {
  ALERT_LIMIT,
  emptyFeed,
  type FeedState,
  fromPage,
  LOG_LIMIT,
  withNews,
  withProgress,
} from '../../client/src/feed-state.js'
import type { Alert, Delivery, Log } from '../../client/src/records.js'
import { aDelivery, aLog, anAlert, atSecond } from './samples.js'

const hearLog = (feed: FeedState, log: Log): FeedState => withNews(feed, { kind: 'log', log })
const hearAlert = (feed: FeedState, alert: Alert): FeedState => withNews(feed, { kind: 'alert', alert })
const hearDelivery = (feed: FeedState, delivery: Delivery): FeedState =>
  withNews(feed, { kind: 'delivery', delivery })
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id)

describe('logs', () => {
  it('stand newest first by their own time, in whatever order they come', () => {
    const logs = [2, 5, 1, 4, 3].map((n) => aLog({ id: `log-${n}`, timestamp: atSecond(n) }))
    expect(ids(logs.reduce(hearLog, emptyFeed).logs)).toEqual(['log-5', 'log-4', 'log-3', 'log-2', 'log-1'])
  })

  it('of the page that come once more as events change nothing', () => {
    const feed = fromPage([aLog({ id: 'a' }), aLog({ id: 'b' })], [])
    expect(hearLog(feed, aLog({ id: 'a' }))).toBe(feed)
  })

  it('take over a change in their place', () => {
    const page = [aLog({ id: 'new', timestamp: atSecond(9) }), aLog({ id: 'old', timestamp: atSecond(1) })]
    const changed = aLog({ id: 'old', timestamp: atSecond(1), status: 'delivered', updatedAt: atSecond(12) })
    const feed = hearLog(fromPage(page, []), changed)
    expect(ids(feed.logs)).toEqual(['new', 'old'])
    expect(feed.logs[1]?.status).toBe('delivered')
  })

  it('never go back to an older version that a slower feed still brings', () => {
    const newer = aLog({ status: 'delivered', updatedAt: atSecond(20) })
    const feed = hearLog(emptyFeed, newer)
    expect(hearLog(feed, aLog({ status: 'sent', updatedAt: atSecond(10) }))).toBe(feed)
  })

  it('are kept to the newest, and what is older than all of a full list is left out', () => {
    const many = Array.from({ length: LOG_LIMIT + 20 }, (_, n) =>
      aLog({ id: `log-${n}`, timestamp: atSecond(n) }),
    )
    const feed = many.reduce(hearLog, emptyFeed)
    expect(feed.logs).toHaveLength(LOG_LIMIT)
    expect(feed.logs[0]?.id).toBe(`log-${LOG_LIMIT + 19}`)
    expect(feed.logs.at(-1)?.id).toBe('log-20')
    expect(hearLog(feed, aLog({ id: 'late', timestamp: atSecond(-5) }))).toBe(feed)
  })

  it('of the same instant keep one order, however they come', () => {
    const [a, b] = [aLog({ id: 'a' }), aLog({ id: 'b' })]
    expect(ids(fromPage([a, b], []).logs)).toEqual(ids(fromPage([b, a], []).logs))
  })
})

describe('alerts', () => {
  it('show what became of their deliveries', () => {
    const feed = hearDelivery(fromPage([], [anAlert()]), aDelivery({ status: 'DELIVERED', attemptCount: 1 }))
    expect(feed.alerts[0]?.deliveries).toEqual([aDelivery({ status: 'DELIVERED', attemptCount: 1 })])
  })

  it('find the delivery that was heard of before them', () => {
    const early = hearDelivery(emptyFeed, aDelivery({ status: 'DELIVERED', attemptCount: 1 }))
    const feed = hearAlert(early, anAlert())
    expect(feed.alerts[0]?.deliveries[0]?.status).toBe('DELIVERED')
    expect(feed.early).toEqual([])
  })

  it('that come once more do not take a delivery back', () => {
    const feed = fromPage(
      [],
      [anAlert({ deliveries: [aDelivery({ status: 'DELIVERED', attemptCount: 1 })] })],
    )
    expect(hearAlert(feed, anAlert())).toBe(feed)
  })

  it('follow a delivery that is tried again after it had failed', () => {
    const failed = aDelivery({ status: 'FAILED', attemptCount: 4, problem: 'http-503' })
    const feed = hearDelivery(
      fromPage([], [anAlert({ deliveries: [failed] })]),
      aDelivery({ attemptCount: 4 }),
    )
    expect(feed.alerts[0]?.deliveries[0]).toMatchObject({ status: 'PENDING', problem: null })
  })

  it('take over their state and match count when asked for, and nothing of alerts not shown', () => {
    const feed = fromPage([], [anAlert()])
    const later = withProgress(feed, [
      { id: 'alert-1', state: 'RESOLVED', matchCount: 7 },
      { id: 'another', state: 'FIRING', matchCount: 1 },
    ])
    expect(later.alerts).toEqual([anAlert({ state: 'RESOLVED', matchCount: 7 })])
    expect(withProgress(later, [{ id: 'alert-1', state: 'RESOLVED', matchCount: 7 }])).toBe(later)
  })

  it('are kept to the newest', () => {
    const many = Array.from({ length: ALERT_LIMIT + 5 }, (_, n) =>
      anAlert({ id: `alert-${n}`, triggeredAt: atSecond(n), deliveries: [] }),
    )
    const feed = many.reduce(hearAlert, emptyFeed)
    expect(feed.alerts).toHaveLength(ALERT_LIMIT)
    expect(feed.alerts[0]?.id).toBe(`alert-${ALERT_LIMIT + 4}`)
  })
})
