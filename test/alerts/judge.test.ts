import { describe, expect, it } from 'vitest'
import { Judge, type JudgeSession, type JudgeStore } from '../../src/alerts/judge.js'
import type { JudgedRule, JudgedTransition } from '../../src/rules/evaluate.js'
import { PatternType } from '../../src/rules/rule.js'
import { aFact } from '../rules/a-fact.js'
import { aJudgedRule } from '../fixtures/core.js'

const unused = () => expect.fail('out of order')

/** A session in memory over a few transitions; it counts how often it was breathed in. */
class MemorySession implements JudgeSession {
  breaths = 0
  judged = 0
  private readonly judgedIds = new Set<number>()
  onWrite: (count: number) => void = () => undefined
  /** Ids of transitions that cannot be judged. */
  readonly poison = new Set<number>()
  readonly notes = new Map<number, string>()
  /** How many were noted as in hand together, each time. */
  readonly noted: number[] = []
  newestAtStart = 0

  constructor(
    private readonly stored: readonly JudgedTransition[],
    private readonly judging: readonly JudgedRule[],
    private readonly older: readonly string[] = [],
  ) {}

  async next(limit: number, behind: number, among: readonly number[] | null) {
    const waiting = this.stored.filter(({ id }) => id > behind && !this.judgedIds.has(id))
    const transitions = waiting.filter(({ id }) => among?.includes(id) ?? true).slice(0, limit)
    return { now: new Date(), ruleRevision: 1, isAnySuspected: false, transitions }
  }
  async newest() {
    return this.newestAtStart
  }
  suspects = async () => new Map<number, number>()
  async waiting(limit: number, behind: number, upTo: number) {
    const { transitions } = await this.next(Infinity, behind, null)
    return transitions.flatMap(({ id }) => (id <= upTo ? id : [])).slice(0, limit)
  }
  async noting<Result>(ids: readonly number[], work: () => Promise<Result>) {
    this.noted.push(ids.length)
    return work()
  }
  async rules() {
    return [...this.judging]
  }
  async write({ transitions }: Parameters<JudgeSession['write']>[0]) {
    if (transitions.some(({ id }) => this.poison.has(id) && !this.notes.has(id)))
      throw new Error('value out of range')
    for (const { id } of transitions) this.judgedIds.add(id)
    this.judged += transitions.length
    this.onWrite(transitions.length)
    return { upTo: 0, owed: 0 }
  }
  async setAside(id: number, reason: string) {
    this.notes.set(id, reason)
    return true
  }
  async breathe() {
    this.breaths += 1
  }
  async *olderLogs() {
    yield this.older.map((logId) => ({ logId, time: 0, facts: [aFact({ text: 'hello' })] }))
  }
  standingVerdicts = async () => []
  newestAlerts = async () => new Map<string, never>()
  countedAmong = async () => new Set<string>()
  countedStretch = async () => null
  earlierOpenings = async () => []
  countedTimes = async () => []
  episodes = async () => []
}

const storeOf = (session: MemorySession, mayPass = false): JudgeStore<MemorySession> => ({
  session: (work) => work(session),
  mayPass: () => mayPass,
})

function judgeOf(session: MemorySession): Judge {
  let time = 0
  const events = { judged: () => undefined, ruleFailed: unused, setAside: unused }
  return new Judge(storeOf(session), events, () => (time += 20))
}

const aTransition = (id: number): JudgedTransition => ({
  id,
  logId: `log ${id}`,
  twilioSid: `SM${id}`,
  time: 0,
  fact: aFact({ text: 'hello' }),
  first: true,
  completes: false,
  backfilled: false,
  addedPosition: null,
})

const aRegex = (place: number) =>
  aJudgedRule({ id: `rule ${place}`, patternType: PatternType.REGEX, patternValue: `h.llo{${place}}` })

describe('while slow patterns are searched', () => {
  it('others have their turn between two patterns, so that many of them hold up nobody', async () => {
    const rules = Array.from({ length: 100 }, (_, n) => aRegex(n + 1))
    const session = new MemorySession([aTransition(1)], rules)
    expect(await judgeOf(session).judgeAll()).toBe(1)
    expect(session.breaths).toBeGreaterThan(10)
  })

  it('others have their turn between two patterns that are read, before any of them is searched', async () => {
    const rules = Array.from({ length: 100 }, (_, n) => ({
      ...aRegex(1),
      id: `${n}`,
      patternValue: `goodbye ${n}`,
    }))
    const session = new MemorySession([aTransition(1)], rules)
    expect(await judgeOf(session).judgeAll()).toBe(1)
    expect(session.breaths).toBeGreaterThan(10)
  })

  it('others have their turn between two of the older logs that a threshold counts', async () => {
    const rule: JudgedRule = {
      ...aRegex(1),
      patternType: PatternType.THRESHOLD,
      patternValue: 'regex:h.llo',
      thresholdCount: 500,
      thresholdWindowMinutes: 5,
    }
    const older = Array.from({ length: 100 }, (_, n) => `older ${n}`)
    const session = new MemorySession([aTransition(1)], [rule], older)
    await judgeOf(session).judgeAll()
    expect(session.breaths).toBeGreaterThan(10)
  })
})

describe('a transaction of the judge', () => {
  it('takes fewer transitions while writing is slow, so that who waits for its lock waits briefly, and more again later', async () => {
    let time = 0
    let msEach = 2
    const session = new MemorySession(
      Array.from({ length: 6_000 }, (_, n) => aTransition(n + 1)),
      [],
    )
    const sizes: number[] = []
    const events = {
      judged: ({ judged }: { judged: number }) => {
        sizes.push(judged)
        if (sizes.length === 5) msEach = 0
      },
      ruleFailed: unused,
      setAside: unused,
    }
    const slowly = async <Result>(work: (session: MemorySession) => Promise<Result>) => {
      session.onWrite = (count) => (time += count * msEach)
      return work(session)
    }
    await new Judge({ ...storeOf(session), session: slowly }, events, () => time).judgeAll()
    expect(sizes.slice(0, 5)).toEqual([1_000, 125, 125, 125, 125])
    expect(sizes.slice(5, 10)).toEqual([125, 250, 500, 1_000, 1_000])
  })
})

describe('what is in hand', () => {
  it('is noted in small batches where it waited when the process began, and else not at all', async () => {
    const session = new MemorySession(
      Array.from({ length: 450 }, (_, n) => aTransition(n + 1)),
      [],
    )
    session.newestAtStart = 250
    const events = { judged: () => undefined, ruleFailed: unused, setAside: unused }
    expect(await new Judge(storeOf(session), events, () => 0).judgeAll()).toBe(450)
    expect(session.noted).toEqual([100, 100, 50])
  })
})

describe('a status that cannot be judged', () => {
  const judging = (session: MemorySession, mayPass = false) => {
    const setAside: number[] = []
    const events = {
      judged: () => undefined,
      ruleFailed: unused,
      setAside: ({ id }: JudgedTransition) => void setAside.push(id),
    }
    return { judge: new Judge(storeOf(session, mayPass), events), setAside }
  }
  const transitions = Array.from({ length: 40 }, (_unused, place) => aTransition(place + 1))

  it('is set aside with the reason, and all others are judged', async () => {
    const session = new MemorySession(transitions, [aRegex(1)])
    session.poison.add(17)
    const { judge, setAside } = judging(session)
    await judge.judgeAll()
    expect(session.judged).toBe(40)
    expect(setAside).toEqual([17])
    expect([...session.notes]).toEqual([[17, 'value out of range']])
  })

  it('is set aside as well where the next ones cannot be judged either', async () => {
    const session = new MemorySession(transitions, [aRegex(1)])
    for (const id of [17, 18, 19]) session.poison.add(id)
    const { judge, setAside } = judging(session)
    await judge.judgeAll()
    expect([session.judged, setAside]).toEqual([40, [17, 18, 19]])
  })

  it('lets rules be changed though it is the last that waits', async () => {
    const session = new MemorySession(transitions, [aRegex(1)])
    session.poison.add(40)
    const { judge, setAside } = judging(session)
    expect(await judge.beforeChange(async () => 'changed')).toBe('changed')
    expect([session.judged, setAside]).toEqual([39, []])
  })

  it('is not blamed where nothing else can be judged either: what waits is kept for later', async () => {
    const session = new MemorySession(transitions, [aRegex(1)])
    for (const { id } of transitions) session.poison.add(id)
    const { judge, setAside } = judging(session)
    await expect(judge.judgeAll()).rejects.toThrow('value out of range')
    expect([session.judged, setAside]).toEqual([0, []])
    session.poison.clear()
    await judge.judgeAll()
    expect([session.judged, setAside]).toEqual([40, []])
  })

  it('waits where what failed may be gone at the next try', async () => {
    const session = new MemorySession(transitions, [aRegex(1)])
    session.poison.add(17)
    const { judge, setAside } = judging(session, true)
    await expect(judge.judgeAll()).rejects.toThrow('value out of range')
    expect(setAside).toEqual([])
  })
})
