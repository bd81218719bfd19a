import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PageAnswer, PulseAnswer } from '../../client/src/answers.js'
import { ApiError } from '../../client/src/api.js'
import type { ConnectionListener, ConnectionOptions } from '../../client/src/connection.js'
import { type LiveConnection, Session, type SessionState } from '../../client/src/session.js'
import { aHealth, aLog, anAlert } from './samples.js'

const { text: _text, ...log } = aLog()
const { ruleName, deliveries: _deliveries, ...alert } = anAlert()

function aPage(logCursor: string): PageAnswer {
  return {
    logs: { feedCursor: logCursor, nodes: [{ ...log, errorMessage: null, rawData: null }] },
    alerts: { feedCursor: 'alerts', nodes: [{ ...alert, rule: { name: ruleName }, deliveries: [] }] },
    health: aHealth(),
  }
}

/** A session on an API and a connection that the test plays. */
function play() {
  const pages: (PageAnswer | ApiError)[] = [aPage('first')]
  const pulses: (PulseAnswer | ApiError)[] = []
  const connections: {
    after: ConnectionOptions['after']
    listener: ConnectionListener
    isClosed: boolean
  }[] = []
  const seen: { state: SessionState | null; refusals: number } = { state: null, refusals: 0 }
  const give = async <Answer>(answers: (Answer | ApiError)[]): Promise<Answer> => {
    const answer = answers.shift() ?? new ApiError('unreachable', 'The server cannot be reached.')
    if (answer instanceof ApiError) throw answer
    return answer
  }
  const session = new Session({
    api: { page: () => give(pages), pulse: () => give(pulses) },
    connect(after, listener): LiveConnection {
      const connection = { after, listener, isClosed: false }
      connections.push(connection)
      return { close: () => void (connection.isClosed = true), cut: () => {}, hurry: () => {} }
    },
    now: Date.now,
    random: () => 0,
    changed: (state) => void (seen.state = state),
    refused: () => void (seen.refusals += 1),
  })
  return { pages, pulses, connections, seen, session }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('a session', () => {
  it('shows the page that it read, and follows each feed from the cursor of its page', async () => {
    const { session, seen, connections } = play()
    session.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen.state).toMatchObject({ isLoaded: true, problem: null, hasGap: false })
    expect(seen.state?.feed.logs).toHaveLength(1)
    expect(connections.map(({ after }) => after)).toEqual([
      { logAdded: 'first', logChanged: 'first', alertTriggered: 'alerts', deliveryChanged: 'alerts' },
    ])
    session.stop()
  })

  it('says why nothing can be read, and keeps trying', async () => {
    const { session, seen, pages } = play()
    pages.unshift(new ApiError('unreachable', 'The server cannot be reached.'))
    session.start()
    await vi.advanceTimersByTimeAsync(100)
    expect(seen.state).toMatchObject({ isLoaded: false, problem: 'The server cannot be reached.' })
    await vi.advanceTimersByTimeAsync(600)
    expect(seen.state).toMatchObject({ isLoaded: true, problem: null })
    session.stop()
  })

  it('tries at once when the reader wants it', async () => {
    const { session, seen, pages } = play()
    pages.unshift(new ApiError('failed', 'The server answered: no.'))
    session.start()
    await vi.advanceTimersByTimeAsync(0)
    session.hurry()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen.state?.isLoaded).toBe(true)
    session.stop()
  })

  it('ends when the key is refused, by a query or by the socket', async () => {
    const byQuery = play()
    byQuery.pages.unshift(new ApiError('refused', 'The key was refused.'))
    byQuery.session.start()
    const bySocket = play()
    bySocket.session.start()
    await vi.advanceTimersByTimeAsync(0)
    bySocket.connections[0]?.listener.refused()
    expect([byQuery.seen.refusals, bySocket.seen.refusals]).toEqual([1, 1])
    expect(bySocket.connections[0]?.isClosed).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(byQuery.connections).toEqual([])
  })

  it('begins anew, and says so, when its cursors are of no use any more', async () => {
    const { session, seen, pages, connections } = play()
    session.start()
    await vi.advanceTimersByTimeAsync(0)
    pages.push(aPage('second'))
    connections[0]?.listener.stale()
    await vi.advanceTimersByTimeAsync(0)
    expect(connections.map(({ isClosed }) => isClosed)).toEqual([true, false])
    expect(connections[1]?.after.logAdded).toBe('second')
    expect(seen.state?.hasGap).toBe(true)
    session.stop()
  })

  it('counts after a cut what is new, not what comes once more', async () => {
    const { session, seen, connections } = play()
    session.start()
    await vi.advanceTimersByTimeAsync(0)
    const listener = connections[0]!.listener
    for (const change of ['opened', 'closed', 'opened'] as const) listener.linkChanged(change)
    listener.newsCame({ kind: 'log', log: { ...aLog({ text: null }) } })
    listener.newsCame({ kind: 'log', log: aLog({ id: 'log-2' }) })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(seen.state?.link.caughtUp?.count).toBe(1)
    session.stop()
  })

  it('asks again and again how long the alerts stand, while it is live', async () => {
    const { session, seen, pulses, connections } = play()
    session.start()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(seen.state?.feed.alerts[0]?.state).toBe('FIRING')
    const resolved = { id: alert.id, state: 'RESOLVED', matchCount: 3 }
    pulses.push(
      { alerts: { nodes: [] }, health: aHealth() },
      { alerts: { nodes: [resolved] }, health: aHealth() },
    )
    connections[0]?.listener.linkChanged('opened')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(seen.state?.feed.alerts[0]).toMatchObject({ state: 'RESOLVED', matchCount: 3 })
    session.stop()
  })
})
