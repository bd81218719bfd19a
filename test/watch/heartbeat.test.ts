import { describe, expect, it } from 'vitest'
import type { SourceHealth } from '../../src/sources/source-health.js'
import { Heartbeat } from '../../src/watch/heartbeat.js'
import type { WorkState } from '../../src/watch/weaknesses.js'

const noon = new Date('2026-11-01T12:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1_000)
const aSource = (source: SourceHealth['source'], lastSuccessAt: Date | null): SourceHealth => ({
  accountSid: 'AC1',
  source,
  lastSuccessAt,
  lagSeconds: 0,
  error: null,
  errorKind: null,
})

const atWork: WorkState = {
  oldestDueSeconds: 0,
  oldestReceivedSeconds: 0,
  failingRules: [],
  setAside: 0,
  failingActions: {},
  workingActions: 0,
}

/** A heartbeat of a process that started at noon, on a state that the test changes. */
function aHeartbeat() {
  const state = { calls: after(1), messages: after(2) as Date | null, work: atWork }
  const failing = { judge: false, ping: false }
  let pings = 0
  const heartbeat = new Heartbeat({
    state: async () => ({
      sources: [aSource('calls', state.calls), aSource('messages', state.messages)],
      ...state.work,
    }),
    judge: async () => {
      if (failing.judge) throw new Error('the judge fails')
    },
    ping: async () => {
      if (failing.ping) throw new Error('nobody answers')
      pings += 1
    },
    startedAt: noon,
  })
  return { state, failing, heartbeat, pings: () => pings }
}

describe('the heartbeat', () => {
  it('tells once for each time that every list was read', async () => {
    const { state, heartbeat, pings } = aHeartbeat()
    expect([await heartbeat.beat(), await heartbeat.beat()]).toEqual([true, false])
    state.calls = after(10)
    expect(await heartbeat.beat()).toBe(false)
    state.messages = after(11)
    expect(await heartbeat.beat()).toBe(true)
    expect(pings()).toBe(2)
  })

  it('takes nothing that was read before this process started for a success', async () => {
    const { state, heartbeat } = aHeartbeat()
    state.calls = after(-1)
    expect(await heartbeat.beat()).toBe(false)
    state.calls = after(1)
    state.messages = null
    expect(await heartbeat.beat()).toBe(false)
  })

  it.each<[string, Partial<WorkState>, Partial<WorkState>]>([
    ['a delivery waits for long', { oldestDueSeconds: 61 }, { oldestDueSeconds: 60 }],
    ['a webhook waits for long to be worked', { oldestReceivedSeconds: 61 }, { oldestReceivedSeconds: 60 }],
    ['a rule throws, though it was judged', { failingRules: ['failures'] }, {}],
    [
      'every send fails, though nothing is late',
      { failingActions: { email: ['one', 'other'] } },
      { failingActions: { email: ['one', 'other'] }, workingActions: 1 },
    ],
  ])('stops where %s', async (_, bad, good) => {
    const { state, heartbeat, pings } = aHeartbeat()
    state.work = { ...atWork, ...bad }
    expect(await heartbeat.beat()).toBe(false)
    expect(pings()).toBe(0)
    state.work = { ...atWork, ...good }
    expect(await heartbeat.beat()).toBe(true)
  })

  it('stops where judging fails, and beats again when it works', async () => {
    const { failing, heartbeat, pings } = aHeartbeat()
    failing.judge = true
    await expect(heartbeat.beat()).rejects.toThrow('the judge fails')
    expect(pings()).toBe(0)
    failing.judge = false
    expect(await heartbeat.beat()).toBe(true)
  })

  it('is sent again where nobody answered', async () => {
    const { failing, heartbeat } = aHeartbeat()
    failing.ping = true
    await expect(heartbeat.beat()).rejects.toThrow('nobody answers')
    failing.ping = false
    expect(await heartbeat.beat()).toBe(true)
  })

  it('has nothing to tell while nothing is watched', async () => {
    const heartbeat = new Heartbeat({
      state: async () => ({ sources: [], ...atWork }),
      judge: async () => undefined,
      ping: () => Promise.reject(new Error('must not be called')),
      startedAt: noon,
    })
    expect(await heartbeat.beat()).toBe(false)
  })
})
