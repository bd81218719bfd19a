import { beforeEach, describe, expect, it } from 'vitest'
import type { Judge, Report } from '../../src/alerts/judge.js'
import { Pipeline } from '../../src/pipeline.js'

/** Stores so many logs at a time; what the judge does with them is up to the test. */
const PAGE = 2_000

let pipeline: Pipeline
let failures: unknown[]
let endJudging: { well(): void; badly(failure: Error): void }

beforeEach(() => {
  failures = []
  pipeline = new Pipeline({
    ingest: () => Promise.resolve({ stored: PAGE, changed: 0 }),
    judge: {
      judgeAll: () =>
        new Promise<number>((resolve, reject) => {
          endJudging = { well: () => resolve(PAGE), badly: reject }
        }),
    } as unknown as Judge,
    dispatcher: null,
    wakeDeliverers: () => undefined,
    publish: () => undefined,
    onError: (failure) => void failures.push(failure),
  })
})

const { signal } = new AbortController()
const store = () => pipeline.listGave([], [], { backfillBefore: null })
const judged = (count: number) =>
  pipeline.judged({ judged: count, upTo: 0, owed: 0, alerts: 0, matches: 0 } satisfies Report)

/** Whether a reader may go on by now. */
async function readsOn(): Promise<boolean> {
  const wait = new Promise<boolean>((resolve) => setImmediate(resolve, false))
  return Promise.race([pipeline.judgedSoFar(signal).then(() => true), wait])
}

describe('a list', () => {
  it('is read on while little waits to be judged, and no further than some pages ahead', async () => {
    expect(await readsOn()).toBe(true)
    await store()
    expect(await readsOn()).toBe(true)
    await store()
    expect(await readsOn()).toBe(false)
  })

  it('is read on as soon as enough of it is judged, by every reader that waits', async () => {
    await store()
    await store()
    const readers = Promise.all([pipeline.judgedSoFar(signal), pipeline.judgedSoFar(signal)])
    judged(500)
    expect(await readsOn()).toBe(false)
    judged(500)
    await readers
    expect(await readsOn()).toBe(true)
  })

  it('is read on whatever webhooks bring meanwhile', async () => {
    for (let n = 0; n < 5; n++) await pipeline.sourceSaw([], [], { backfillBefore: null })
    expect(await readsOn()).toBe(true)
  })

  it('is not waited for by a poll that is cut short', async () => {
    await store()
    await store()
    const poll = new AbortController()
    const reader = pipeline.judgedSoFar(poll.signal)
    poll.abort()
    await reader
    expect(await readsOn()).toBe(false)
  })

  it('is read on where judging fails: what is stored is lost to nobody', async () => {
    await store()
    await store()
    const reader = pipeline.judgedSoFar(signal)
    endJudging.badly(new Error('the database is away'))
    await reader
    expect(await readsOn()).toBe(true)
    expect(failures).toContainEqual(new Error('the database is away'))
  })

  it('is read on where another process judged all of it', async () => {
    await store()
    await store()
    expect(await readsOn()).toBe(false)
    endJudging.well()
    // What was stored meanwhile has it look once more.
    await new Promise((resolve) => setImmediate(resolve))
    endJudging.well()
    expect(await readsOn()).toBe(true)
  })
})
