import { GraphQLError } from 'graphql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { AlertNewsDocument, LogAddedDocument } from '../../../client/src/api/documents.js'
import { FeedLink } from '../../../client/src/api/feed-link.js'
import type { LinkChange } from '../../../client/src/api/link-state.js'
import { KEY, type ScriptedFeed, startScriptedFeed } from './scripted-feed.js'

let feed: ScriptedFeed
let link: FeedLink | null = null
let heard: string[]
let changes: LinkChange[]
let clocks: (readonly number[])[]
let refusals: number
let stales: string[]

beforeEach(async () => {
  // Node 20 has no WebSocket of its own; browsers have.
  vi.stubGlobal('WebSocket', WebSocket)
  feed = await startScriptedFeed()
  ;[heard, changes, clocks, refusals, stales] = [[], [], [], 0, []]
})

afterEach(async () => {
  link?.close()
  link = null
  await feed.close()
  vi.unstubAllGlobals()
})

/** Follows the logs and the alerts, each from its place; returns what ends the logs. */
function connect({ key = KEY, logs = '0', alerts = '0', random = 0 } = {}): () => void {
  const listener = {
    linkChanged: (change: LinkChange) => void changes.push(change),
    clockRead: (...what: readonly number[]) => void clocks.push(what),
    refused: () => void (refusals += 1),
  }
  link = new FeedLink({ url: feed.url, key }, listener, () => random, Date.now)
  link.follow(AlertNewsDocument, {}, alerts, { next: () => {}, stale: () => void stales.push('alerts') })
  return link.follow(LogAddedDocument, { filter: { logType: ['CALL'] } }, logs, {
    next: ({ log }) => void heard.push(log.id),
    stale: () => void stales.push('logs'),
  })
}

const isHeard = (...ids: string[]): Promise<void> => vi.waitFor(() => expect(heard).toEqual(ids), 10_000)
const isOpening = (change: LinkChange): boolean => typeof change === 'object' && 'openedAt' in change
const askedFor = (name: string): string[] => feed.asked.filter((one) => one.startsWith(name))

describe('the link', () => {
  it('begins each feed at its own cursor', async () => {
    for (const id of ['a', 'b', 'c']) feed.addLog(id)
    connect({ logs: '2', alerts: '1' })
    await isHeard('c')
    expect(feed.asked.toSorted()).toEqual(['alertTriggered:1', 'logAdded:2'])
  })

  it('goes on after a cut with no gap and no repeat, each feed after its own last event', async () => {
    connect()
    feed.addLog('a')
    await isHeard('a')
    for (const round of ['b', 'c', 'd']) {
      feed.cut()
      feed.addLog(round)
      feed.addLog(`${round}2`)
      await vi.waitFor(() => expect(heard.at(-1)).toBe(`${round}2`), 10_000)
    }
    expect(heard).toEqual(['a', 'b', 'b2', 'c', 'c2', 'd', 'd2'])
    expect(askedFor('logAdded')).toEqual(['0', '1', '3', '5'].map((after) => `logAdded:${after}`))
    expect(new Set(askedFor('alertTriggered'))).toEqual(new Set(['alertTriggered:0']))
    const phases = changes.flatMap((change) =>
      isOpening(change) ? 'opened' : change === 'closed' ? 'closed' : [],
    )
    expect(phases.join(' ')).toBe('opened closed opened closed opened closed opened')
  })

  it('goes on after closes that graphql-ws takes for the end', async () => {
    connect()
    feed.addLog('a')
    await isHeard('a')
    feed.closeAll(4500)
    feed.addLog('b')
    await isHeard('a', 'b')
    feed.closeAll(1011)
    feed.addLog('c')
    await isHeard('a', 'b', 'c')
  })

  it('says when it was let in by the clock of the server, and between which moments of its own', async () => {
    const before = Date.now()
    connect()
    feed.addLog('a')
    await isHeard('a')
    expect(changes.find(isOpening)).toEqual({ openedAt: feed.serverTime })
    const [[time, asked = 0, answered = 0] = []] = clocks
    expect(time).toBe(feed.serverTime)
    expect([before, asked, answered, Date.now()]).toEqual(
      [before, asked, answered, Date.now()].toSorted((one, other) => one - other),
    )
  })

  it('tries at once when hurried', async () => {
    const waitsForHours = 1e5
    connect({ random: waitsForHours })
    feed.addLog('a')
    await isHeard('a')
    link?.cut()
    await vi.waitFor(() => expect(feed.openSockets()).toBe(0), 10_000)
    link?.hurry()
    feed.addLog('b')
    await isHeard('a', 'b')
  })

  it('says that a wrong key was refused, and does not try again', async () => {
    connect({ key: 'a-wrong-key' })
    await vi.waitFor(() => expect(refusals).toBeGreaterThan(0), 10_000)
    expect(changes.some(isOpening)).toBe(false)
    expect(feed.openSockets()).toBe(0)
  })

  it.each([1013, 4429])(
    'says why it is not let in, when closed with %s and a reason, and tries on',
    async (code) => {
      feed.refuseWith({ code, reason: 'At most 200 sockets at once with one key' })
      connect()
      await vi.waitFor(
        () => expect(changes).toContainEqual({ closedFor: 'At most 200 sockets at once with one key' }),
        10_000,
      )
      expect(changes.some(isOpening)).toBe(false)
      feed.refuseWith(null)
      feed.addLog('a')
      await isHeard('a')
      expect(refusals).toBe(0)
    },
  )

  it('says when a cursor is too old, and only that', async () => {
    feed.faults.set('alertTriggered', new GraphQLError('too old', { extensions: { code: 'CURSOR_EXPIRED' } }))
    connect()
    await vi.waitFor(() => expect(stales).toEqual(['alerts']), 10_000)
    expect(refusals).toBe(0)
  })

  it('goes on with a feed that failed for a while, beside the others', async () => {
    feed.faults.set('logAdded', new GraphQLError('sorry', { extensions: { code: 'INTERNAL_SERVER_ERROR' } }))
    connect()
    await vi.waitFor(() => expect(feed.asked).toContain('logAdded:0'), 10_000)
    feed.faults.clear()
    feed.addLog('a')
    await isHeard('a')
    expect(askedFor('alertTriggered')).toHaveLength(1)
  })

  it('tells nothing of a feed that is no longer followed, and goes on with the others', async () => {
    const stop = connect()
    feed.addLog('a')
    await isHeard('a')
    stop()
    feed.addLog('b')
    feed.cut()
    await vi.waitFor(() => expect(askedFor('alertTriggered')).toHaveLength(2), 10_000)
    expect(heard).toEqual(['a'])
    expect(askedFor('logAdded')).toHaveLength(1)
  })

  it('tells nothing any more once it is closed', async () => {
    connect()
    feed.addLog('a')
    await isHeard('a')
    link?.close()
    const before = changes.length
    await vi.waitFor(() => expect(feed.openSockets()).toBe(0), 10_000)
    expect(changes).toHaveLength(before)
  })
})
