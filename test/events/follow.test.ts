import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { MemoryBus } from '../../src/events/bus.js'
import type { FeedKind } from '../../src/events/feed.js'
import { CursorExpiredError, encodeFeedCursor } from '../../src/events/feed-cursor.js'
import type { FeedReader } from '../../src/events/feed-reader.js'
import { FeedSubscriptions } from '../../src/events/feed-subscriptions.js'
import { FeedTail } from '../../src/events/feed-tail.js'
import type { FeedEvent } from '../../src/events/feed-tail.js'
import type { Log } from '../../src/sources/log.js'
import { FeedReads } from '../../src/store/feed-reads.js'
import { type TestDatabase, openTestDatabase } from '../fixtures/database.js'
import { addFeed, insertFeed, insertLog } from '../fixtures/rows.js'

const silent = pino({ level: 'silent' })
let store: TestDatabase
let reader: FeedReader
const tails: FeedTail[] = []

beforeAll(async () => {
  store = await openTestDatabase()
  reader = new FeedReads(store.database)
})
afterEach(() => {
  for (const tail of tails.splice(0)) tail.stop()
})
afterAll(() => store.close())

async function openFeed(through: FeedReader = reader) {
  const bus = new MemoryBus()
  const tail = new FeedTail(through, bus, silent)
  tails.push(tail)
  await tail.start()
  return { bus, tail, feed: new FeedSubscriptions(through, tail, silent) }
}

type Events = AsyncIterableIterator<FeedEvent<Log>>
const everything = () => true

/** The ids of the next events. */
async function take(events: Events, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const { value, done } = await events.next()
    if (done) break
    ids.push(value.row.id)
  }
  return ids
}

/** New logs with their feed entries, written together; answers their ids in order. */
async function addLogs(count: number, kind: FeedKind = 'log_added'): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push(await insertLog(store.database))
  await insertFeed(
    store.database,
    ids.map((subjectId) => ({ kind, subjectId })),
  )
  return ids
}

describe('a subscription to the feed', () => {
  it('brings what happens after it began, in order, and nothing from before', async () => {
    await addLogs(3)
    const { feed, bus } = await openFeed()
    const events = await feed.follow({ kind: 'log_added', after: null, matches: everything })
    const ids = await addLogs(5)
    bus.publish(Number.MAX_SAFE_INTEGER)
    expect(await take(events, 5)).toEqual(ids)
  })

  it('finds without a hint what another process wrote', async () => {
    const { feed } = await openFeed()
    const events = await feed.follow({ kind: 'log_added', after: null, matches: everything })
    const ids = await addLogs(2)
    expect(await take(events, 2)).toEqual(ids)
  })

  it('replays what came after its cursor and goes on live, without a gap and without a repeat', async () => {
    const { feed, bus } = await openFeed()
    const after = await feed.cursor()
    const before = await addLogs(450)
    const events = await feed.follow({ kind: 'log_added', after, matches: everything })
    const first = await take(events, 100)
    const meanwhile = await addLogs(60)
    bus.publish(Number.MAX_SAFE_INTEGER)
    const rest = await take(events, 410)
    const later = await addLogs(10)
    bus.publish(Number.MAX_SAFE_INTEGER)
    expect([...first, ...rest, ...(await take(events, 10))]).toEqual([...before, ...meanwhile, ...later])
  })

  it('resumes at every event exactly behind it', async () => {
    const { feed } = await openFeed()
    const after = await feed.cursor()
    const ids = await addLogs(12)
    const cursors: string[] = []
    const events = await feed.follow({ kind: 'log_added', after, matches: everything })
    for (let n = 0; n < 12; n++) cursors.push((await events.next()).value!.cursor)
    for (const [n, cursor] of cursors.slice(0, -1).entries()) {
      const resumed = await feed.follow({ kind: 'log_added', after: cursor, matches: everything })
      expect(await take(resumed, 11 - n)).toEqual(ids.slice(n + 1))
      await resumed.return!()
    }
  })

  it('misses nothing of writers that wait for each other and finish out of order', async () => {
    const { feed, bus } = await openFeed()
    const events = await feed.follow({ kind: 'log_added', after: null, matches: everything })
    const seen = take(events, 200)
    const written: string[] = []
    const writers = Array.from({ length: 40 }, async (_, writer) => {
      const ids = await Promise.all(Array.from({ length: 5 }, () => insertLog(store.database)))
      // Whoever began last may write first: positions are given out under the lock, so they still rise in commit order.
      await pause((40 - writer) % 7)
      const upTo = await store.database.underJudgeLock(async (tx) => {
        const position = await addFeed(
          tx,
          ids.map((subjectId) => ({ kind: 'log_added' as const, subjectId })),
        )
        await tx.query('SELECT pg_sleep($1)', [writer % 3 === 0 ? 0.01 : 0])
        written.push(...ids)
        return position
      })
      bus.publish(upTo)
    })
    await Promise.all(writers)
    expect(await seen).toEqual(written)
  })

  it('sees nothing of a transaction that is rolled back, and goes on after the hole it leaves', async () => {
    const { feed, bus } = await openFeed()
    const events = await feed.follow({ kind: 'log_added', after: null, matches: everything })
    const lost = await insertLog(store.database)
    const rolledBack = store.database.underJudgeLock(async (tx) => {
      bus.publish(await addFeed(tx, [{ kind: 'log_added', subjectId: lost }]))
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    const ids = await addLogs(2)
    bus.publish(Number.MAX_SAFE_INTEGER)
    expect(await take(events, 2)).toEqual(ids)
  })

  it('lets go of what a slow reader leaves, and brings it from the database later: all of it, once', async () => {
    let replayed = 0
    const { feed, bus, tail } = await openFeed({
      bounds: () => reader.bounds(),
      subjects: (entries) => reader.subjects(entries),
      entries: async (span) => {
        const entries = await reader.entries(span)
        if (span.kind !== null) replayed += entries.length
        return entries
      },
    })
    const events = await feed.follow({ kind: 'log_added', after: null, matches: everything })
    const first = take(events, 1)
    const [opening] = await addLogs(1)
    bus.publish(Number.MAX_SAFE_INTEGER)
    expect(await first).toEqual([opening])
    expect(replayed).toBe(0)
    const subjectId = await insertLog(store.database)
    let last = 0
    for (let batch = 0; batch < 12; batch++)
      last = await insertFeed(
        store.database,
        Array.from({ length: 500 }, () => ({ kind: 'log_added' as const, subjectId })),
      )
    bus.publish(last)
    while (tail.position < last) await pause(10)
    const cursors: string[] = []
    for (let n = 0; n < 6_000; n++) cursors.push((await events.next()).value!.cursor)
    expect(new Set(cursors).size).toBe(6_000)
    expect(cursors.at(-1)).toBe(encodeFeedCursor(last))
    expect(replayed).toBe(6_000)
    const [next] = await addLogs(1)
    bus.publish(Number.MAX_SAFE_INTEGER)
    expect(await take(events, 1)).toEqual([next])
  })

  it('brings only its kind and what its filter wants', async () => {
    const { feed, bus } = await openFeed()
    const wanted = await insertLog(store.database, { status: 'failed' })
    const after = await feed.cursor()
    const events = await feed.follow({
      kind: 'log_changed',
      after,
      matches: (log) => log.status === 'failed',
    })
    await addLogs(2)
    await addLogs(2, 'log_changed')
    bus.publish(await insertFeed(store.database, [{ kind: 'log_changed', subjectId: wanted }]))
    expect(await take(events, 1)).toEqual([wanted])
  })

  it('passes over rows that are gone', async () => {
    const { feed } = await openFeed()
    const after = await feed.cursor()
    await insertFeed(store.database, [{ kind: 'log_added', subjectId: randomUUID() }])
    const ids = await addLogs(1)
    const events = await feed.follow({ kind: 'log_added', after, matches: everything })
    expect(await take(events, 1)).toEqual(ids)
  })

  it('loads a row once for the process, however many follow', async () => {
    let loads = 0
    const counting: FeedReader = {
      bounds: () => reader.bounds(),
      entries: (span) => reader.entries(span),
      subjects: (entries) => {
        loads += entries.length
        return reader.subjects(entries)
      },
    }
    const { feed, bus } = await openFeed(counting)
    const followers = await Promise.all(
      Array.from({ length: 50 }, () => feed.follow({ kind: 'log_added', after: null, matches: everything })),
    )
    const waiting = followers.map((events) => take(events, 3))
    await pause(0)
    const ids = await addLogs(3)
    bus.publish(Number.MAX_SAFE_INTEGER)
    for (const taken of await Promise.all(waiting)) expect(taken).toEqual(ids)
    expect(loads).toBe(3)
  })

  it('waits while the database is away and then goes on where it was', async () => {
    let isAway = false
    const guarded = async <Result>(read: Promise<Result>): Promise<Result> => {
      if (isAway) throw new Error('connection refused')
      return read
    }
    const { feed, bus } = await openFeed({
      bounds: () => guarded(reader.bounds()),
      entries: (span) => guarded(reader.entries(span)),
      subjects: (entries) => guarded(reader.subjects(entries)),
    })
    const after = await feed.cursor()
    const [live, resumed] = [
      await feed.follow({ kind: 'log_added', after: null, matches: everything }),
      await feed.follow({ kind: 'log_added', after, matches: everything }),
    ]
    const seen = Promise.all([take(live, 3), take(resumed, 3)])
    isAway = true
    const ids = await addLogs(3)
    bus.publish(Number.MAX_SAFE_INTEGER)
    await pause(100)
    isAway = false
    expect(await seen).toEqual([ids, ids])
  })

  it('ends at once when it is given up, also while it waits', async () => {
    const { feed } = await openFeed()
    const events = await feed.follow({ kind: 'log_added', after: null, matches: everything })
    const waiting = events.next()
    await pause(20)
    await events.return!()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  it('has expired where what followed its cursor was dropped, also while it replays', async () => {
    const { feed, tail } = await openFeed()
    const old = await feed.cursor()
    await addLogs(2)
    const { head } = await reader.bounds()
    tail.hear(head)
    while (tail.position < head) await pause(10)
    const events = await feed.follow({ kind: 'log_added', after: old, matches: everything })
    await store.database.transaction(async (tx) => {
      await tx.query('UPDATE system_state SET feed_floor = $1', [head])
      await tx.query('DELETE FROM feed WHERE position <= $1', [head])
    })
    await expect(events.next()).rejects.toThrow(CursorExpiredError)
    await expect(feed.follow({ kind: 'log_added', after: old, matches: everything })).rejects.toThrow(
      CursorExpiredError,
    )
    const fresh = await feed.follow({ kind: 'log_added', after: await feed.cursor(), matches: everything })
    const ids = await addLogs(1)
    expect(await take(fresh, 1)).toEqual(ids)
  })
})
