import { GraphQLError } from 'graphql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Connection, type ConnectionListener } from '../../client/src/connection.js'
import type { LinkChange } from '../../client/src/link-state.js'
import { KEY, type ScriptedFeed, startScriptedFeed } from './scripted-feed.js'

const FROM_START = { logAdded: '0', logChanged: '0', alertTriggered: '0', deliveryChanged: '0' }

let feed: ScriptedFeed
let connection: Connection | null = null
let heard: string[]
let changes: LinkChange[]
let refusals: number
let stales: number

beforeEach(async () => {
  // Node 20 has no WebSocket of its own; browsers have.
  vi.stubGlobal('WebSocket', WebSocket)
  feed = await startScriptedFeed()
  ;[heard, changes, refusals, stales] = [[], [], 0, 0]
})

afterEach(async () => {
  connection?.close()
  connection = null
  await feed.close()
  vi.unstubAllGlobals()
})

function connect(key = KEY, after = FROM_START, random = 0): void {
  const listener: ConnectionListener = {
    linkChanged: (change) => void changes.push(change),
    newsCame: (news) => void (news.kind === 'log' && heard.push(news.log.id)),
    refused: () => void (refusals += 1),
    stale: () => void (stales += 1),
  }
  connection = new Connection({ url: feed.url, key, after }, listener, () => random)
}

const isHeard = (...ids: string[]): Promise<void> => vi.waitFor(() => expect(heard).toEqual(ids), 10_000)

describe('the connection', () => {
  it('begins each feed at its own cursor', async () => {
    for (const id of ['a', 'b', 'c']) feed.addLog(id)
    connect(KEY, { ...FROM_START, logAdded: '2', alertTriggered: '1' })
    await isHeard('c')
    expect(feed.asked.toSorted()).toEqual([
      'alertTriggered:1',
      'deliveryChanged:0',
      'logAdded:2',
      'logChanged:0',
    ])
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
    expect(feed.asked.filter((one) => one.startsWith('logAdded'))).toEqual(
      ['0', '1', '3', '5'].map((after) => `logAdded:${after}`),
    )
    expect(feed.asked.filter((one) => one.startsWith('alertTriggered'))).toEqual(
      Array.from({ length: 4 }, () => 'alertTriggered:0'),
    )
    expect(changes.filter((change) => change === 'opened' || change === 'closed')).toEqual([
      'opened',
      'closed',
      'opened',
      'closed',
      'opened',
      'closed',
      'opened',
    ])
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

  it('tries at once when hurried', async () => {
    const waitsForHours = 1e5
    connect(KEY, FROM_START, waitsForHours)
    feed.addLog('a')
    await isHeard('a')
    connection?.cut()
    await vi.waitFor(() => expect(feed.openSockets()).toBe(0))
    connection?.hurry()
    feed.addLog('b')
    await isHeard('a', 'b')
  })

  it('says that a wrong key was refused, and does not try again', async () => {
    connect('a-wrong-key')
    await vi.waitFor(() => expect(refusals).toBeGreaterThan(0))
    expect(changes).not.toContain('opened')
    expect(feed.openSockets()).toBe(0)
  })

  it('says when a cursor is too old, and only that', async () => {
    feed.faults.set('alertTriggered', new GraphQLError('too old', { extensions: { code: 'CURSOR_EXPIRED' } }))
    connect()
    await vi.waitFor(() => expect(stales).toBe(1))
    expect(refusals).toBe(0)
  })

  it('goes on with a feed that failed for a while, beside the others', async () => {
    feed.faults.set('logAdded', new GraphQLError('sorry', { extensions: { code: 'INTERNAL_SERVER_ERROR' } }))
    connect()
    await vi.waitFor(() => expect(feed.asked).toContain('logAdded:0'))
    feed.faults.clear()
    feed.addLog('a')
    await isHeard('a')
    expect(feed.asked.filter((one) => one.startsWith('deliveryChanged'))).toHaveLength(1)
  })

  it('tells nothing any more once it is closed', async () => {
    connect()
    feed.addLog('a')
    await isHeard('a')
    connection?.close()
    const before = changes.length
    await vi.waitFor(() => expect(feed.openSockets()).toBe(0))
    expect(changes).toHaveLength(before)
  })
})
