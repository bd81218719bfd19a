import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Claim, DeliveryStore } from '../../src/actions/delivery-store.js'
import { ActionError, type Notice } from '../../src/actions/handler.js'
import { ConflictError } from '../../src/errors.js'
import type { Rule } from '../../src/rules/rule.js'
import type { Database, Statements } from '../../src/store/database.js'
import { DeliveryReads } from '../../src/store/delivery-reads.js'
import { PostgresDeliveryStore } from '../../src/store/delivery-store.js'
import { startHttpSink } from './http-sink.js'
import { someHandlers } from './samples.js'
import { aGate, Delivering, ok, openedOrAborted, RETRIES } from './delivering.js'

let delivering: Delivering
beforeAll(async () => {
  delivering = await Delivering.open()
})
afterEach(() => delivering.reset())
afterAll(() => delivering.close())

const all = { alertId: null, ruleId: null, since: null, failing: null }
const noLimits = { emailMaxPerMinute: 0, stormMaxPerMinute: 0 }
const busy = new ActionError('http-503', 'the receiver answered 503', { statusCode: 503, response: 'later' })

const everyEnd = () =>
  expect.poll(async () => (await delivering.deliveries()).filter(({ isLeased }) => isLeased), {
    timeout: 20_000,
  })
/** Wakes a dispatcher and waits until nothing is in flight any more. */
async function deliver(dispatcher = delivering.dispatcher()): Promise<void> {
  await dispatcher.wake()
  // Where the first only joined a run that had made its last claim.
  await dispatcher.wake()
  await everyEnd().toEqual([])
}

const claim = (idle = true, heldTokens: readonly string[] = []) =>
  delivering.store.claim({
    room: 10,
    busyActionIds: [],
    idle,
    othersFirst: false,
    heldTokens,
    limits: noLimits,
    recipientsOf: () => [],
  })

/** As if a process had died while it tried these. */
async function dieTrying(claims: readonly Claim[]): Promise<void> {
  for (const held of claims) await delivering.store.begin(held)
  await delivering.expireLeases()
}

describe('delivering', () => {
  it('sends each of 200 deliveries once when two dispatchers race for them', async () => {
    await delivering.owe(200)
    const [one, other] = [delivering.dispatcher(), delivering.dispatcher()]
    await Promise.all([one.wake(), other.wake()])
    await expect
      .poll(
        async () => (await delivering.deliveries()).filter(({ status }) => status === 'delivered').length,
        {
          timeout: 25_000,
        },
      )
      .toBe(200)
    const sent = delivering.handler.notices.map(({ deliveryId }) => deliveryId)
    expect(sent).toHaveLength(200)
    expect(new Set(sent).size).toBe(200)
    expect(await delivering.attempts()).toHaveLength(200)
  })

  it('tells the handler of the alert, its rule and its log', async () => {
    const rule = await delivering.owe(1)
    await deliver()
    expect(delivering.handler.notices).toMatchObject([
      {
        kind: 'alert',
        rule: { id: rule.id },
        alert: { ruleId: rule.id },
        log: { errorCode: '30003' },
        folded: [],
      },
    ])
  })

  it('does not let a slow receiver hold up another action', async () => {
    const gate = aGate()
    delivering.handler.script = async (notice) => {
      if (notice.rule.name === 'slow') await gate.opened
      return ok
    }
    await delivering.core.createRule({ name: 'slow' }, [{}])
    await delivering.core.createRule({ name: 'quick' }, [{}])
    await delivering.fire(30)
    const dispatcher = delivering.dispatcher()
    await dispatcher.wake()
    const delivered = async () =>
      (await delivering.deliveries()).filter(({ status }) => status === 'delivered').length
    await expect.poll(delivered, { timeout: 20_000 }).toBe(30)
    expect(delivering.handler.notices.filter(({ rule }) => rule.name === 'quick')).toHaveLength(30)
    gate.open()
    await expect
      .poll(async () => (await delivering.deliveries()).filter(({ status }) => status === 'pending'), {
        timeout: 10_000,
      })
      .toEqual([])
  })

  it('records of each try its status, its duration, its error and the first 2 kB of the answer', async () => {
    const sink = await startHttpSink()
    const handlers = someHandlers()
    try {
      const webhook = handlers.get('webhook')
      delivering.handler.script = (notice, signal) => webhook.send(notice, { url: sink.url }, signal)
      let status = 500
      sink.answerWith((response) => {
        response.statusCode = status
        response.end('x'.repeat(5_000))
      })
      await delivering.owe(1)
      await deliver()
      status = 200
      await delivering.endPauses()
      await deliver()
      const [failed, succeeded] = await delivering.attempts()
      expect(failed).toMatchObject({
        ended: true,
        success: false,
        statusCode: 500,
        response: 'x'.repeat(2_048),
      })
      expect(failed?.error).toMatch(/500/)
      expect(succeeded).toMatchObject({ ended: true, success: true, statusCode: 200, error: null })
      expect(succeeded?.durationMs).toBeGreaterThanOrEqual(0)
      expect(await delivering.delivery()).toMatchObject({
        status: 'delivered',
        success: true,
        attemptCount: 2,
      })
      const ids = sink.received.map(({ headers }) => headers['webhook-id'])
      expect(ids).toEqual([failed?.deliveryId, failed?.deliveryId])
    } finally {
      await handlers.close()
      await sink.stop()
    }
  })
})

describe('a lease', () => {
  it('that was lost makes the late end of its holder count for nothing', async () => {
    const gate = aGate()
    let tries = 0
    delivering.handler.script = async () => {
      if (++tries > 1) return { ...ok, response: 'second' }
      await gate.opened
      throw new ActionError('gone', 'the zombie failed', { permanent: true })
    }
    await delivering.owe(1)
    const zombie = delivering.dispatcher()
    await zombie.wake()
    await expect.poll(() => tries).toBe(1)
    await delivering.expireLeases()
    await delivering.dispatcher().wake()
    await everyEnd().toEqual([])
    const before = { delivery: await delivering.delivery(), attempts: await delivering.attempts() }
    expect(before.delivery).toMatchObject({ status: 'delivered', attemptCount: 2, failedTries: 0 })
    expect(before.attempts).toMatchObject([
      { ended: true, success: false, error: 'The process died during this try.' },
      { ended: true, success: true, response: 'second' },
    ])

    gate.open()
    await expect.poll(() => delivering.warnings.join('')).toContain('the lease was lost during the try')
    expect({ delivery: await delivering.delivery(), attempts: await delivering.attempts() }).toEqual(before)
  })

  it('cannot be ended, begun or lengthened by anybody but its holder', async () => {
    await delivering.owe(1)
    const [first] = (await claim()).claims as [Claim]
    await delivering.expireLeases()
    expect(await delivering.store.begin(first)).toBeNull()
    const [second] = (await claim()).claims as [Claim]
    const attempt = (await delivering.store.begin(second)) as string
    const ending = { ...ok, success: true, durationMs: 1, error: null, retryInMs: null }
    expect(await delivering.store.end(first, attempt, ending)).toBeNull()
    expect([...(await delivering.store.renew([first.leaseToken, second.leaseToken]))]).toEqual([
      second.leaseToken,
    ])
    expect(await delivering.store.end(second, attempt, ending)).not.toBeNull()
    expect(await delivering.store.end(second, attempt, ending)).toBeNull()
    expect(await delivering.delivery()).toMatchObject({
      status: 'delivered',
      attemptCount: 1,
      crashedTries: 0,
    })
  })

  it('is not given to two that ask at once', async () => {
    await delivering.owe(10)
    const taken = await Promise.all([claim(), claim(), claim()])
    const ids = taken.flatMap(({ claims }) => claims.map(({ id }) => id))
    expect(ids).toHaveLength(10)
    expect(new Set(ids).size).toBe(10)
  })
})

describe('an outage of the database that is longer than a lease', () => {
  it('leaves to a process what it is still trying', async () => {
    const landing = aGate()
    delivering.handler.script = () => landing.opened.then(() => ok)
    await delivering.owe(2)
    const dispatcher = delivering.dispatcher()
    await dispatcher.wake()
    await expect.poll(() => delivering.handler.notices.length).toBe(2)
    await delivering.expireLeases()
    await dispatcher.wake()
    await dispatcher.wake()
    landing.open()
    await everyEnd().toEqual([])
    expect(delivering.handler.notices).toHaveLength(2)
    const once = { ended: true, success: true, error: null }
    expect(await delivering.attempts()).toMatchObject([once, once])
  })

  it('leaves to others what they may take up', async () => {
    await delivering.owe(1)
    const [held] = (await claim()).claims as [Claim]
    await delivering.expireLeases()
    expect((await claim(true, [held.leaseToken])).claims).toEqual([])
    expect((await claim()).claims).toMatchObject([{ id: held.id }])
  })

  it('records the ends of many tries at once, and one that cannot be recorded keeps no other from it', async () => {
    await delivering.owe(3)
    const { claims } = await claim()
    const ends = await Promise.allSettled(
      claims.map(async (held, index) => {
        const attempt = (await delivering.store.begin(held)) as string
        const durationMs = index === 1 ? 2 ** 40 : index
        return delivering.store.end(held, attempt, {
          ...ok,
          success: true,
          durationMs,
          error: null,
          retryInMs: null,
        })
      }),
    )
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const statuses = (await delivering.deliveries()).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual(['delivered', 'delivered', 'pending'])
  })

  it('records each of them too where Postgres ended the transaction as the victim of a deadlock', async () => {
    await delivering.owe(3)
    const { claims } = await claim()
    const { database } = delivering
    let deadlocks = 2
    const unlucky: Database = Object.assign(Object.create(database) as Database, {
      underJudgeLock: <Result>(work: (tx: Statements) => Promise<Result>) =>
        database.underJudgeLock(async (tx) => {
          const result = await work(tx)
          if (deadlocks-- > 0) throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
          return result
        }),
    })
    const store = new PostgresDeliveryStore(unlucky)
    await Promise.all(
      claims.map(async (held) => {
        const attempt = (await store.begin(held)) as string
        const upTo = await store.end(held, attempt, {
          ...ok,
          success: true,
          durationMs: 1,
          error: null,
          retryInMs: null,
        })
        expect(upTo).not.toBeNull()
      }),
    )
    const once = { status: 'delivered', attemptCount: 1 }
    expect(await delivering.deliveries()).toMatchObject([once, once, once])
  })

  it('loses no end of a try', async () => {
    let outages = 12
    const store: DeliveryStore = Object.assign(Object.create(delivering.store) as DeliveryStore, {
      end: async (...ending: Parameters<DeliveryStore['end']>) => {
        if (outages > 0) {
          outages -= 1
          throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
        }
        return delivering.store.end(...ending)
      },
    })
    const landing = aGate()
    delivering.handler.script = () => landing.opened.then(() => ok)
    await delivering.owe(1)
    await delivering.dispatcher({ store }).wake()
    await expect.poll(() => delivering.handler.notices.length).toBe(1)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      landing.open()
      await vi.advanceTimersByTimeAsync(120_000)
    } finally {
      vi.useRealTimers()
    }
    await everyEnd().toEqual([])
    expect(await delivering.delivery()).toMatchObject({ status: 'delivered', attemptCount: 1 })
  })
})

describe('the renewal of leases', () => {
  it('does not end a try that began while it was under way', async () => {
    const [renewed, landing] = [aGate(), aGate()]
    let renewals = 0
    const store: DeliveryStore = Object.assign(Object.create(delivering.store) as DeliveryStore, {
      renew: async (tokens: readonly string[]) => {
        renewals += 1
        const held = await delivering.store.renew(tokens)
        await renewed.opened
        return held
      },
    })
    const signals: AbortSignal[] = []
    delivering.handler.script = async (_notice, signal) => {
      signals.push(signal)
      await openedOrAborted(landing, signal)
      return ok
    }
    await delivering.owe(1)
    const dispatcher = delivering.dispatcher({ store })
    await dispatcher.wake()
    await expect.poll(() => renewals, { timeout: 20_000 }).toBe(1)
    await delivering.fire(1)
    await dispatcher.wake()
    await expect.poll(() => signals.length).toBe(2)

    renewed.open()
    await new Promise((resolve) => setImmediate(resolve))
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
    landing.open()
    await everyEnd().toEqual([])
    expect(delivering.handler.notices).toHaveLength(2)
    expect((await delivering.deliveries()).map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  })

  it('ends a try whose lease somebody else took', async () => {
    const signals: AbortSignal[] = []
    delivering.handler.script = async (_notice, signal) => {
      signals.push(signal)
      await openedOrAborted(aGate(), signal)
      return ok
    }
    await delivering.owe(1)
    await delivering.dispatcher().wake()
    await expect.poll(() => signals.length).toBe(1)
    await delivering.expireLeases()
    expect((await claim()).claims).toHaveLength(1)
    await expect.poll(() => signals[0]?.aborted, { timeout: 20_000 }).toBe(true)
  })
})

describe('a crash', () => {
  it('counts only what had begun, apart from the tries that failed', async () => {
    await delivering.owe(2)
    const [begun, claimed] = (await claim()).claims as [Claim, Claim]
    await dieTrying([begun])
    const again = (await claim(false)).claims.map(({ id, crashedTries }) => [id, crashedTries] as const)
    expect(new Map(again)).toEqual(new Map([[begun.id, 1]]).set(claimed.id, 0))
    const rows = await delivering.deliveries()
    expect(rows.map(({ failedTries }) => failedTries)).toEqual([0, 0])
  })

  it('once does not keep its deliveries from being tried all at once, with what is new', async () => {
    await delivering.owe(5)
    await dieTrying((await claim()).claims)
    await delivering.fire(1)
    delivering.handler.script = () => aGate().opened.then(() => ok)
    await delivering.dispatcher().wake()
    await expect.poll(() => delivering.handler.notices.length).toBe(6)
  })

  it('twice makes its delivery wait until nothing else is in flight, then be tried alone', async () => {
    await delivering.owe(1)
    await dieTrying((await claim()).claims)
    const [crashed] = (await claim()).claims as [Claim]
    await delivering.store.begin(crashed)
    const gates = { others: aGate(), crashed: aGate() }
    const inFlight = new Set<string>()
    let mostBeside = 0
    delivering.handler.script = async ({ deliveryId }, signal) => {
      inFlight.add(deliveryId)
      if (inFlight.has(crashed.id)) mostBeside = Math.max(mostBeside, inFlight.size - 1)
      await openedOrAborted(deliveryId === crashed.id ? gates.crashed : gates.others, signal)
      inFlight.delete(deliveryId)
      return ok
    }
    const leased = async () =>
      (await delivering.deliveries()).filter(({ isLeased }) => isLeased).map(({ id }) => id)
    const dispatcher = delivering.dispatcher()
    await delivering.fire(1)
    await dispatcher.wake()
    await expect.poll(() => inFlight.size).toBe(1)

    await delivering.expireLeases(crashed.id)
    await dispatcher.wake()
    await delivering.fire(5)
    await dispatcher.wake()
    expect(await leased()).toEqual([...inFlight])
    expect(inFlight).not.toContain(crashed.id)

    gates.others.open()
    await expect.poll(() => [...inFlight]).toEqual([crashed.id])
    await dispatcher.wake()
    expect(await leased()).toEqual([crashed.id])

    gates.crashed.open()
    // Between the end of the one and the claiming of the others, nothing is leased.
    const statuses = async () => (await delivering.deliveries()).map(({ status }) => status)
    const delivered = Array.from({ length: 7 }, () => 'delivered')
    await expect.poll(statuses, { timeout: 20_000 }).toEqual(delivered)
    expect(mostBeside).toBe(0)
  })

  it('twice lets the others have a turn between two that are tried alone, however many there are', async () => {
    await delivering.owe(2)
    const { claims } = await claim()
    await dieTrying(claims)
    await dieTrying((await claim()).claims)
    await delivering.fire(70)
    await delivering.dispatcher().wake()
    const sent = () => delivering.handler.notices.map(({ deliveryId }) => deliveryId)
    await expect.poll(() => sent().length, { timeout: 20_000 }).toBe(72)
    const [first, second] = claims.map(({ id }) => sent().indexOf(id)).sort((a, b) => a - b) as [
      number,
      number,
    ]
    expect(first).toBe(0)
    expect(second).toBeGreaterThan(1)
    expect(second).toBeLessThan(71)
  })

  it('is forgotten when a later try ends by itself', async () => {
    await delivering.owe(1)
    await dieTrying((await claim()).claims)
    await dieTrying((await claim()).claims)
    delivering.handler.script = () => Promise.reject(busy)
    await deliver()
    expect(await delivering.delivery()).toMatchObject({ attemptCount: 3, failedTries: 1, crashedTries: 0 })
  })

  it('five times in a row ends a delivery as failed; by hand it is tried again with fresh tries', async () => {
    await delivering.owe(1)
    for (let crash = 1; crash <= 5; crash++) {
      const { claims } = await claim()
      expect(claims).toMatchObject([{ crashedTries: crash - 1 }])
      await delivering.store.begin(claims[0] as Claim)
      await delivering.expireLeases()
    }
    const last = await claim()
    expect(last.claims).toEqual([])
    expect(last.upTo).not.toBeNull()
    const failed = await delivering.delivery()
    expect(failed).toMatchObject({
      status: 'failed',
      success: false,
      attemptCount: 5,
      crashedTries: 5,
      failedTries: 0,
    })
    expect(failed.result?.error).toMatch(/5 tries/)
    expect(await delivering.attempts()).toHaveLength(5)

    await delivering.commands.retryDelivery(failed.id)
    await deliver()
    expect(await delivering.delivery()).toMatchObject({ id: failed.id, status: 'delivered', crashedTries: 0 })
  })
})

describe('a shutdown', () => {
  it('waits for what is in flight', async () => {
    const gate = aGate()
    delivering.handler.script = () => gate.opened.then(() => ok)
    await delivering.owe(1)
    const dispatcher = delivering.dispatcher()
    await dispatcher.wake()
    await expect.poll(() => delivering.handler.notices.length).toBe(1)
    let isDrained = false
    const drained = dispatcher.drain(20_000).then(() => (isDrained = true))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(isDrained).toBe(false)
    gate.open()
    await drained
    expect(await delivering.delivery()).toMatchObject({ status: 'delivered', isLeased: false })
  })

  it('gives back what takes too long, and counts it as no try at all', async () => {
    delivering.handler.script = async (_notice, signal) => {
      await openedOrAborted(aGate(), signal)
      return ok
    }
    await delivering.owe(2)
    const dispatcher = delivering.dispatcher()
    await dispatcher.wake()
    await expect.poll(() => delivering.handler.notices.length).toBe(2)
    await dispatcher.drain(0)
    for (const delivery of await delivering.deliveries())
      expect(delivery).toMatchObject({
        status: 'pending',
        isLeased: false,
        attemptCount: 0,
        failedTries: 0,
        crashedTries: 0,
      })
    expect(await delivering.attempts()).toEqual([])

    await dispatcher.wake()
    expect(delivering.handler.notices).toHaveLength(2)
    delivering.handler.script = async () => ok
    await deliver()
    expect((await delivering.deliveries()).map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  })
})

describe('a failed try', () => {
  const failWith = (error: ActionError) => {
    delivering.handler.script = async () => {
      throw error
    }
  }

  it('is tried again after pauses that double, then given up', async () => {
    failWith(busy)
    await delivering.owe(1)
    const pauses: number[] = []
    for (let tries = 1; tries <= RETRIES; tries++) {
      await deliver()
      const { status, dueInMs, failedTries } = await delivering.delivery()
      expect({ status, failedTries }).toEqual({ status: 'pending', failedTries: tries })
      pauses.push(dueInMs ?? 0)
      await delivering.endPauses()
    }
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThan(85_000 * 2 ** index)
      expect(pause).toBeLessThanOrEqual(110_000 * 2 ** index)
    }
    await deliver()
    expect(await delivering.delivery()).toMatchObject({
      status: 'failed',
      success: false,
      dueInMs: null,
      attemptCount: RETRIES + 1,
      result: { error: busy.message, code: 'http-503' },
    })
    expect(await delivering.attempts()).toMatchObject(
      Array.from({ length: RETRIES + 1 }, () => ({
        statusCode: 503,
        error: busy.message,
        response: 'later',
      })),
    )
  })

  it('leaves to the next one what that has to know of it', async () => {
    failWith(new ActionError('smtp-451', 'later', { result: { accepted: ['a@example.com'] } }))
    await delivering.owe(1)
    await deliver()
    await delivering.endPauses()
    await deliver()
    expect(delivering.handler.notices.map(({ lastResult }) => lastResult)).toEqual([
      null,
      { accepted: ['a@example.com'], error: 'later', code: 'smtp-451' },
    ])
  })

  it('waits as long as the receiver asked for', async () => {
    failWith(new ActionError('http-429', 'slow down', { statusCode: 429, retryAfterMs: 1_800_000 }))
    await delivering.owe(1)
    await deliver()
    const { dueInMs } = await delivering.delivery()
    expect(dueInMs).toBeGreaterThan(1_780_000)
    expect(dueInMs).toBeLessThanOrEqual(1_800_000)
  })

  it('that cannot be helped is the last one', async () => {
    failWith(new ActionError('http-410', 'gone', { permanent: true, statusCode: 410 }))
    await delivering.owe(1)
    await deliver()
    expect(await delivering.delivery()).toMatchObject({ status: 'failed', attemptCount: 1, dueInMs: null })
  })

  it('says when the next one is due', async () => {
    failWith(busy)
    await delivering.owe(1)
    const wishes: number[] = []
    await deliver(delivering.dispatcher({ onNextDue: (inMs) => void wishes.push(inMs) }))
    await expect.poll(() => Math.max(0, ...wishes)).toBeGreaterThan(80_000)
  })

  it('that becomes due just after it looked is not left to the sweep', async () => {
    await delivering.owe(1)
    const nothing = { claims: [], loneWaits: false, more: false, givenUp: [], upTo: null }
    const store: DeliveryStore = Object.assign(Object.create(delivering.store) as DeliveryStore, {
      claim: () => Promise.resolve(nothing),
    })
    const wishes: number[] = []
    await delivering.dispatcher({ store, onNextDue: (inMs) => void wishes.push(inMs) }).wake()
    expect(wishes).toEqual([10])
  })
})

describe('disabling', () => {
  it('a rule turns what is unsent into suppressed deliveries, with the reason', async () => {
    const rule = await delivering.owe(3)
    await delivering.commands.updateRule(rule.id, { enabled: false })
    await deliver()
    expect(delivering.handler.notices).toEqual([])
    for (const delivery of await delivering.deliveries())
      expect(delivery).toMatchObject({
        status: 'suppressed',
        success: false,
        result: { reason: 'the rule was disabled' },
      })
  })

  it('an action leaves the deliveries of others', async () => {
    const rule = await delivering.owe(2, [{ name: 'one' }, { name: 'other' }])
    const [action] = await delivering.query<{ id: string }>(
      'SELECT id FROM actions WHERE rule_id = $1 LIMIT 1',
      [rule.id],
    )
    await delivering.commands.updateAction(action?.id ?? '', { enabled: false })
    await deliver()
    const byStatus = (await delivering.deliveries()).map(({ status, result }) => [status, result?.reason])
    expect(byStatus.sort()).toEqual([
      ['delivered', undefined],
      ['delivered', undefined],
      ['suppressed', 'the action was disabled'],
      ['suppressed', 'the action was disabled'],
    ])
  })

  /** Disables the rule while its only delivery is being sent. */
  async function disabledInFlight(end: () => Promise<typeof ok>): Promise<void> {
    const gate = aGate()
    delivering.handler.script = () => gate.opened.then(end)
    const rule = await delivering.owe(1)
    await delivering.dispatcher().wake()
    await expect.poll(() => delivering.handler.notices.length).toBe(1)
    await delivering.commands.updateRule(rule.id, { enabled: false })
    gate.open()
    await everyEnd().toEqual([])
  }

  it('lets a try in flight end well', async () => {
    await disabledInFlight(async () => ok)
    expect(await delivering.delivery()).toMatchObject({ status: 'delivered', success: true })
  })

  it('lets a try in flight be the last when it fails', async () => {
    await disabledInFlight(() => Promise.reject(busy))
    expect(await delivering.delivery()).toMatchObject({
      status: 'suppressed',
      success: false,
      dueInMs: null,
      attemptCount: 1,
      result: { error: busy.message, reason: 'its rule or action was disabled or deleted' },
    })
  })

  it.each(['is given back by a shutdown', 'dies with its process'])(
    'suppresses what was in flight and %s',
    async (how) => {
      const rule = await delivering.owe(1)
      const [held] = (await claim()).claims as [Claim]
      const attempt = await delivering.store.begin(held)
      await delivering.commands.updateRule(rule.id, { enabled: false })
      if (how.includes('shutdown')) await delivering.store.release(held, attempt)
      else await delivering.expireLeases()
      await deliver()
      expect(delivering.handler.notices).toEqual([])
      expect(await delivering.delivery()).toMatchObject({
        status: 'suppressed',
        success: false,
        result: { reason: 'its rule or action was disabled or deleted' },
      })
    },
  )

  it('lets nobody retry until both are enabled again', async () => {
    const rule = await delivering.owe(1)
    await delivering.commands.deleteRule(rule.id)
    const { id, result } = await delivering.delivery()
    expect(result).toEqual({ reason: 'the rule was deleted' })
    await expect(delivering.commands.retryDelivery(id)).rejects.toBeInstanceOf(ConflictError)
  })
})

describe('retrying what failed', () => {
  const refuse = () => Promise.reject(new ActionError('http-400', 'no', { permanent: true }))

  it('owes every failed delivery again, of one alert or rule, or of all', async () => {
    delivering.handler.script = refuse
    const one = await delivering.owe(2)
    await deliver()
    const other = await delivering.owe(0)
    const { commands } = delivering
    const [alert] = await delivering.query<{ id: string }>(`SELECT id FROM alerts LIMIT 1`)
    expect(await commands.retryFailedDeliveries({ ...all, ruleId: other.id })).toEqual({ count: 0 })
    expect(await commands.retryFailedDeliveries({ ...all, alertId: alert?.id ?? '' })).toEqual({ count: 1 })
    expect(await commands.retryFailedDeliveries({ ...all, ruleId: one.id })).toEqual({ count: 1 })
    delivering.handler.script = async () => ok
    await deliver()
    const statuses = (await delivering.deliveries()).map(({ status }) => status)
    expect(statuses).toEqual(['delivered', 'delivered'])
    expect(await commands.retryFailedDeliveries(all)).toEqual({ count: 0 })
  })

  it('leaves out what is older than is asked for', async () => {
    delivering.handler.script = refuse
    await delivering.owe(2)
    await deliver()
    await delivering.query(
      `UPDATE deliveries SET triggered_at = triggered_at - interval '2 months'
        WHERE id = (SELECT id FROM deliveries ORDER BY id LIMIT 1)`,
    )
    const since = new Date(Date.now() - 86_400_000)
    expect(await delivering.commands.retryFailedDeliveries({ ...all, since })).toEqual({ count: 1 })
    expect(await delivering.commands.retryFailedDeliveries(all)).toEqual({ count: 1 })
  })

  it('leaves out what belongs to a rule or an action that is disabled or deleted, as is said of each', async () => {
    delivering.handler.script = refuse
    const { commands } = delivering
    const [disabled, deleted] = [await delivering.owe(0), await delivering.owe(0)]
    const { id } = await delivering.owe(1, [{}, {}, {}])
    await deliver()
    const actions = await delivering.query<{ id: string }>('SELECT id FROM actions WHERE rule_id = $1', [id])
    const [first = '', second = '', third = ''] = actions.map((action) => action.id)
    await commands.updateRule(disabled.id, { enabled: false })
    await commands.deleteRule(deleted.id)
    await commands.updateAction(first, { enabled: false })
    await commands.deleteAction(second)
    const { rows } = await new DeliveryReads(delivering).page({}, { first: 50, after: null })
    expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'failed'))
    expect(rows.filter(({ retriable }) => retriable).map(({ actionId }) => actionId)).toEqual([third])
    expect(await commands.retryFailedDeliveries(all)).toEqual({ count: 1 })
  })
})

describe('a limit', () => {
  const storm = { limits: { emailMaxPerMinute: 0, stormMaxPerMinute: 3 } }
  const kinds = (notices: readonly Notice[]) => notices.map(({ kind }) => kind)
  const pendingKinds = async () => {
    const pending = (await delivering.deliveries()).filter(({ status }) => status === 'pending')
    return [...new Set(pending.map(({ kind }) => kind))]
  }

  it('folds what is over it into one message, a minute later, that says how many', async () => {
    await delivering.owe(10)
    const dispatcher = delivering.dispatcher(storm)
    await deliver(dispatcher)
    expect(kinds(delivering.handler.notices)).toEqual(['alert', 'alert', 'alert'])
    const rows = await delivering.deliveries()
    const folding = rows.filter(({ kind }) => kind === 'fold')
    const folded = rows.filter(({ status }) => status === 'suppressed')
    expect(folding).toMatchObject([{ status: 'pending', attemptCount: 0 }])
    expect(folding[0]?.dueInMs).toBeGreaterThan(30_000)
    expect(folded).toHaveLength(7)
    for (const { result } of folded)
      expect(result).toEqual({
        foldedInto: folding[0]?.id,
        reason: expect.stringContaining('STORM_MAX_PER_MINUTE (3)') as string,
      })

    await delivering.fire(2)
    await deliver(dispatcher)
    await delivering.endPauses()
    await deliver(dispatcher)
    expect(delivering.handler.notices.slice(3)).toMatchObject([
      { kind: 'fold', deliveryId: folding[0]?.id, folded: [{ count: 9 }] },
    ])
    expect(await delivering.deliveries()).not.toContainEqual(expect.objectContaining({ status: 'pending' }))
  })

  it('counts each try; a retry that is over waits, where what is new folds', async () => {
    delivering.handler.script = () => Promise.reject(busy)
    await delivering.owe(2)
    const dispatcher = delivering.dispatcher(storm)
    await deliver(dispatcher)
    delivering.handler.script = async () => ok
    await delivering.makeDue()
    await delivering.fire(1)
    await deliver(dispatcher)
    const outcome = async () =>
      (await delivering.deliveries()).map(({ kind, status }) => `${kind} ${status}`).sort()
    // Three tries in this minute: the two that failed, and the first retry, which goes before what is new.
    expect(delivering.handler.notices).toHaveLength(3)
    expect(await outcome()).toEqual(['alert delivered', 'alert pending', 'alert suppressed', 'fold pending'])
    const waiting = (await delivering.deliveries()).find(
      ({ kind, status }) => kind === 'alert' && status === 'pending',
    )
    expect(waiting).toMatchObject({ attemptCount: 1, failedTries: 1, isLeased: false })
    expect(waiting?.dueInMs).toBeGreaterThan(0)
    await delivering.endPauses()
    await deliver(dispatcher)
    expect(await outcome()).toEqual([
      'alert delivered',
      'alert delivered',
      'alert suppressed',
      'fold delivered',
    ])
  })

  it('gives the place that comes free to who waits for it, however much that is new is due by then', async () => {
    delivering.handler.script = () => Promise.reject(busy)
    await delivering.owe(3)
    await deliver(delivering.dispatcher(storm))
    const tried = delivering.handler.notices.map(({ deliveryId }) => deliveryId)
    delivering.handler.script = async () => ok
    await delivering.makeDue()
    await deliver(delivering.dispatcher(storm))
    for (const { dueInMs } of await delivering.deliveries()) {
      expect(dueInMs).toBeGreaterThan(0)
      expect(dueInMs).toBeLessThanOrEqual(60_001)
    }
    await delivering.endPauses()
    await delivering.fire(5)
    await deliver(delivering.dispatcher(storm))
    const sent = delivering.handler.notices.slice(3).map(({ deliveryId }) => deliveryId)
    expect(sent.toSorted()).toEqual(tried.toSorted())
  })

  it('does not count again what a shutdown gave back', async () => {
    delivering.handler.script = () => aGate().opened.then(() => ok)
    await delivering.owe(3)
    const stopped = delivering.dispatcher(storm)
    await stopped.wake()
    await expect.poll(() => delivering.handler.notices.length).toBe(3)
    await stopped.drain(0)
    delivering.handler.script = async () => ok
    await deliver(delivering.dispatcher(storm))
    const statuses = (await delivering.deliveries()).map(({ status }) => status)
    expect(statuses).toEqual(['delivered', 'delivered', 'delivered'])
  })

  it('counts anew what had failed and is owed again with all the rest', async () => {
    delivering.handler.script = () => Promise.reject(new ActionError('http-400', 'no', { permanent: true }))
    await delivering.owe(5)
    await deliver()
    await delivering.endPauses()
    await delivering.commands.retryFailedDeliveries(all)
    delivering.handler.script = async () => ok
    await deliver(delivering.dispatcher(storm))
    const statuses = (await delivering.deliveries()).map(({ status }) => status)
    expect(statuses.filter((status) => status === 'delivered')).toHaveLength(3)
    expect(statuses.filter((status) => status === 'suppressed')).toHaveLength(2)
  })

  it('counts each action by itself', async () => {
    await delivering.owe(4, [{ name: 'one' }, { name: 'other' }])
    await deliver(delivering.dispatcher(storm))
    expect(kinds(delivering.handler.notices)).toHaveLength(6)
    expect((await delivering.deliveries()).filter(({ kind }) => kind === 'fold')).toHaveLength(2)
  })

  it('of one recipient folds every message to it, whoever else it goes to', async () => {
    const recipients = [['a@example.com'], ['a@example.com', 'b@example.com'], ['b@example.com']]
    await delivering.owe(1, [{ recipients: recipients[0] }])
    await deliver(delivering.dispatcher({ limits: { emailMaxPerMinute: 1, stormMaxPerMinute: 0 } }))
    await delivering.query('UPDATE rules SET enabled = false')
    await delivering.query('UPDATE system_state SET rule_revision = rule_revision + 1')
    await delivering.owe(1, [{ recipients: recipients[1] }, { recipients: recipients[2] }])
    await deliver(delivering.dispatcher({ limits: { emailMaxPerMinute: 1, stormMaxPerMinute: 0 } }))
    const rows = await delivering.deliveries()
    expect(rows.map(({ status }) => status).sort()).toEqual([
      'delivered',
      'delivered',
      'pending',
      'suppressed',
    ])
    expect(rows.find(({ status }) => status === 'suppressed')?.result?.reason).toBe(
      'over EMAIL_MAX_PER_MINUTE (1) for a@example.com',
    )
  })

  describe('of one recipient', () => {
    const oneEmail = { limits: { emailMaxPerMinute: 1, stormMaxPerMinute: 0 } }
    const toOps = { recipients: ['ops@example.com'] }

    /** Of two rules that mail the same person three alerts of the first are due, then two of each. */
    async function twoRules(): Promise<[first: Rule, second: Rule]> {
      const first = await delivering.core.createRule({ name: 'first' }, [toOps])
      await delivering.fire(3)
      await deliver(delivering.dispatcher(oneEmail))
      const second = await delivering.core.createRule({ name: 'second' }, [toOps])
      await delivering.fire(2)
      await deliver(delivering.dispatcher(oneEmail))
      return [first, second]
    }

    it('folds the alerts of all rules that mail it into one message, which says how many are of which', async () => {
      await twoRules()
      await delivering.endPauses()
      await deliver(delivering.dispatcher(oneEmail))
      expect(delivering.handler.notices.slice(1)).toMatchObject([
        {
          kind: 'fold',
          folded: [
            { rule: 'first', count: 4 },
            { rule: 'second', count: 2 },
          ],
        },
      ])
    })

    it('owes again what it stood for of other rules, where its own is disabled before it is sent', async () => {
      const [first] = await twoRules()
      await delivering.commands.updateRule(first.id, { enabled: false })
      await delivering.endPauses()
      await deliver(delivering.dispatcher(oneEmail))
      await delivering.endPauses()
      await deliver(delivering.dispatcher(oneEmail))
      expect(delivering.handler.notices.slice(1)).toMatchObject([
        { kind: 'alert', rule: { name: 'second' } },
        { kind: 'fold', folded: [{ rule: 'second', count: 1 }] },
      ])
    })
  })

  it('does not hold what is retried by hand', async () => {
    await delivering.owe(5)
    const dispatcher = delivering.dispatcher(storm)
    await deliver(dispatcher)
    const folded = (await delivering.deliveries()).find(({ status }) => status === 'suppressed')
    const { delivery } = await delivering.commands.retryDelivery(folded?.id ?? '')
    expect(delivery).toMatchObject({ id: folded?.id, status: 'pending', success: null, actionResult: null })
    await deliver(dispatcher)
    expect(delivering.handler.notices.at(-1)).toMatchObject({ kind: 'alert', deliveryId: folded?.id })

    await delivering.endPauses()
    await deliver(dispatcher)
    expect(delivering.handler.notices.at(-1)).toMatchObject({ kind: 'fold', folded: [{ count: 1 }] })
  })

  it('lets no more wait than may go out in a minute, however slow the receiver is', async () => {
    const gate = aGate()
    delivering.handler.script = (_notice, signal) => openedOrAborted(gate, signal).then(() => ok)
    await delivering.owe(700)
    const dispatcher = delivering.dispatcher({ limits: { emailMaxPerMinute: 0, stormMaxPerMinute: 520 } })
    await dispatcher.wake()
    const rows = await delivering.deliveries()
    const alerts = rows.filter(({ kind }) => kind === 'alert')
    expect(alerts.filter(({ isLeased }) => isLeased)).toHaveLength(20)
    expect(alerts.filter(({ status }) => status === 'pending')).toHaveLength(520)
    expect(rows.filter(({ kind }) => kind === 'fold')).toMatchObject([{ status: 'pending' }])

    await delivering.fire(100)
    gate.open()
    await expect.poll(pendingKinds, { timeout: 20_000 }).toEqual(['fold'])
    await delivering.endPauses()
    await dispatcher.wake()
    await expect.poll(pendingKinds).toEqual([])
    const notices = kinds(delivering.handler.notices)
    expect(notices.filter((kind) => kind === 'alert')).toHaveLength(520)
    expect(delivering.handler.notices.slice(520)).toMatchObject([{ kind: 'fold', folded: [{ count: 280 }] }])
  })

  it('folds what is more as it is made where as much waits as may go out, with the sums that claims would make', async () => {
    const limits = { emailMaxPerMinute: 0, stormMaxPerMinute: 60 }
    const gate = aGate()
    delivering.handler.script = (_notice, signal) => openedOrAborted(gate, signal).then(() => ok)
    await delivering.owe(100)
    const dispatcher = delivering.dispatcher({ limits })
    await dispatcher.wake()
    const before = await delivering.deliveries()
    expect(before.filter(({ status }) => status === 'pending')).toHaveLength(61)
    const fold = before.find(({ kind }) => kind === 'fold')

    await delivering.fire(80, { limits, recipientsOf: () => [] })
    const known = new Set(before.map(({ id }) => id))
    const fresh = (await delivering.deliveries()).filter(({ id }) => !known.has(id))
    expect(fresh).toHaveLength(80)
    for (const { status, success, result, attemptCount } of fresh)
      expect({ status, success, result, attemptCount }).toEqual({
        status: 'suppressed',
        success: false,
        result: {
          foldedInto: fold?.id,
          reason: expect.stringContaining('STORM_MAX_PER_MINUTE (60)') as string,
        },
        attemptCount: 0,
      })

    gate.open()
    await expect.poll(pendingKinds, { timeout: 20_000 }).toEqual(['fold'])
    await delivering.endPauses()
    await dispatcher.wake()
    await expect.poll(pendingKinds).toEqual([])
    expect(delivering.handler.notices.slice(60)).toMatchObject([{ kind: 'fold', folded: [{ count: 120 }] }])
  })

  it('retries the folding message like any other', async () => {
    await delivering.owe(5)
    const dispatcher = delivering.dispatcher(storm)
    await deliver(dispatcher)
    delivering.handler.script = async () => {
      throw busy
    }
    await delivering.endPauses()
    await deliver(dispatcher)
    delivering.handler.script = async () => ok
    await delivering.endPauses()
    await deliver(dispatcher)
    expect(delivering.handler.notices.slice(3)).toMatchObject([
      { kind: 'fold', folded: [{ count: 2 }] },
      { kind: 'fold', folded: [{ count: 2 }] },
    ])
    const folding = (await delivering.deliveries()).find(({ kind }) => kind === 'fold')
    expect(folding).toMatchObject({ status: 'delivered', attemptCount: 2 })
  })
})
