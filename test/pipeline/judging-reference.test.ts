import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PatternType } from '../../src/rules/rule.js'
import { aSighting, openCore } from '../fixtures/core.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const LOGS = 14
/** Logs with a fixed minute of their own, seen page by page, each time in a state that matches or not. */
const scenario = fc.record({
  minutes: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: LOGS, maxLength: LOGS }),
  batches: fc.array(
    fc.record({
      seen: fc.uniqueArray(fc.record({ log: fc.nat(LOGS - 1), failing: fc.boolean() }), {
        minLength: 1,
        maxLength: 6,
        selector: ({ log }) => log,
      }),
      backfill: fc.boolean(),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  /** Before which batch the rule is made, and before which it is edited without looking elsewhere or anew. */
  madeBefore: fc.nat(3),
  editedBefore: fc.option(fc.nat(6)),
  recount: fc.boolean(),
  /** What the edit makes of the count; an edit that leaves it may be one that looks elsewhere and back. */
  editedCount: fc.option(fc.integer({ min: 1, max: 4 })),
  count: fc.integer({ min: 1, max: 4 }),
  window: fc.integer({ min: 1, max: 8 }),
  /** A whole run takes less than a minute: what cools down at all does so until its end. */
  cooldown: fc.integer({ min: 0, max: 2 }),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never

const inState = (failing: boolean, ...logs: number[]) => logs.map((log) => ({ log, failing }))

/** What opened an alert of a count of one comes into the episode of another such alert after the edit, and was once counted by both. */
const countedUnderTwoVersions: Scenario = {
  minutes: [24, 26, 0, 22, 3, 21, 29, 4, 15, 2, 29, 24, 26, 26],
  batches: [
    { seen: inState(true, 11, 7, 8), backfill: false },
    { seen: [...inState(true, 0, 1), ...inState(false, 3)], backfill: false },
    { seen: inState(true, 6, 12, 5), backfill: false },
    { seen: inState(true, 3), backfill: false },
  ],
  madeBefore: 0,
  editedBefore: 3,
  recount: true,
  editedCount: 3,
  count: 1,
  window: 8,
  cooldown: 2,
}

const sidOf = (log: number) => `SM${String(log).padStart(4, '0')}`

describe('judging agrees with a brute-force reading of the contract', () => {
  it('for thresholds, with late, unordered, changed, backfilled and older logs', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const expected = thresholdReference(given)
        const actual = await played(given, PatternType.THRESHOLD)
        expect(actual.openers).toEqual(expected.openers)
        // What an alert says of logs that were there before its rule is only what its own window held.
        expect(actual.matches).toBeLessThanOrEqual(expected.matches)
        const sawAll = given.madeBefore === 0 && given.editedBefore === null
        if (!sawAll || given.batches.some(({ backfill }) => backfill)) return
        expect(actual.matches).toBe(expected.matches)
        expect(actual.named).toBe(expected.matches)
      }),
      {
        numRuns: Number(process.env.PROPERTY_RUNS ?? 40),
        endOnFailure: true,
        examples: [[countedUnderTwoVersions]],
      },
    )
  }, 120_000)

  it('for rules that fire at each start of a match, or once for all while they cool down', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const starts = statusReference(given)
        expect(await played(given, PatternType.STATUS)).toEqual({
          openers: given.cooldown > 0 ? starts.slice(0, 1) : starts,
          matches: starts.length,
          named: given.cooldown > 0 ? new Set(starts).size : starts.length,
        })
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 25), endOnFailure: true },
    )
  }, 120_000)
})

/** The same scenario on the real thing. */
async function played(
  given: Scenario,
  patternType: PatternType,
): Promise<{ openers: string[]; matches: number; named: number }> {
  await test.database.query(
    `TRUNCATE logs, log_transitions, rules, rule_verdicts, threshold_matches, threshold_episodes, alerts, alert_logs, actions, deliveries, feed`,
  )
  const core = openCore(test.database)
  let rule: Awaited<ReturnType<typeof core.createRule>> | null = null
  for (const [index, batch] of given.batches.entries()) {
    if (index === given.madeBefore)
      rule = await core.createRule({
        patternType,
        patternValue: patternType === PatternType.THRESHOLD ? 'status:failing' : 'failing',
        thresholdCount: given.count,
        thresholdWindowMinutes: given.window,
        cooldownMinutes: given.cooldown,
      })
    if (rule && index === given.editedBefore && index > given.madeBefore)
      await core.updateRule(
        rule,
        { thresholdCount: given.editedCount ?? given.count },
        { recount: given.recount || given.editedCount !== null },
      )
    const page = batch.seen.map(({ log, failing }) =>
      aSighting({
        twilioSid: sidOf(log),
        timestamp: timeOf(given, log),
        changedAt: new Date(Date.UTC(2026, 10, 2, 0, index)),
        // Made-up statuses are never final, so a log may go back and forth.
        status: failing ? 'failing' : 'fine',
      }),
    )
    await core.ingest(page, [], { backfillBefore: batch.backfill ? new Date('2027-01-01') : null })
    await core.judge.judgeAll()
  }
  const alerts = await test.database.query<{ sid: string; matches: number; named: number }>(
    `SELECT l.twilio_sid AS sid, a.match_count AS matches, (SELECT count(*)::int FROM alert_logs WHERE alert_id = a.id) AS named
       FROM alerts a JOIN logs l ON l.id = a.log_id ORDER BY a.transition_id`,
  )
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return {
    openers: alerts.map(({ sid }) => sid),
    matches: sum(alerts.map(({ matches }) => matches)),
    named: sum(alerts.map(({ named }) => named)),
  }
}

function timeOf({ minutes }: Scenario, log: number): Date {
  return new Date(Date.UTC(2026, 10, 1, 12, minutes[log]))
}

/** States in the order of judging; a state like the one before is no change. */
function* states(
  given: Scenario,
): Generator<{ log: number; failing: boolean; batch: number; isFirst: boolean; backfill: boolean }> {
  const now = new Map<number, boolean>()
  for (const [batch, { seen, backfill }] of given.batches.entries()) {
    const inOrder = seen.toSorted(
      (a, b) => (given.minutes[a.log] ?? 0) - (given.minutes[b.log] ?? 0) || a.log - b.log,
    )
    for (const { log, failing } of inOrder) {
      const isFirst = !now.has(log)
      if (now.get(log) === failing) continue
      now.set(log, failing)
      yield { log, failing, batch, isFirst, backfill }
    }
  }
}

/** A cooldown changes nothing here: its end only lets an alert's own episode open another one. */
function thresholdReference(given: Scenario): { openers: string[]; matches: number } {
  const counted = new Set<number>()
  const backfilled = new Set<number>()
  const storedIn = new Map<number, number>()
  const openers: number[] = []
  for (const { log, failing, batch, isFirst, backfill } of states(given)) {
    if (isFirst) storedIn.set(log, batch)
    if (isFirst && backfill) backfilled.add(log)
    const wasCounted = counted.has(log)
    if (failing) counted.add(log)
    const edited =
      given.editedBefore !== null && given.editedBefore > given.madeBefore && batch >= given.editedBefore
    const since = edited ? (given.editedBefore ?? 0) : given.madeBefore
    const isOlder = (storedIn.get(log) ?? 0) < since
    if (!failing || wasCounted || batch < given.madeBefore || isOlder || backfilled.has(log)) continue
    const count = edited ? (given.editedCount ?? given.count) : given.count
    const episode = episodes({ ...given, count }, counted).find((logs) => logs.includes(log))
    if (episode && !openers.some((opener) => episode.includes(opener))) openers.push(log)
  }
  // An alert of a smaller count may stand for logs that no window holds any more.
  const smallest = { ...given, count: Math.min(given.count, given.editedCount ?? given.count) }
  const alerted = episodes(smallest, counted).filter((logs) => logs.some((log) => openers.includes(log)))
  return { openers: openers.map(sidOf), matches: alerted.flat().length }
}

/** Runs of `count` logs within the window, joined where they share a log. */
function episodes({ minutes, count, window }: Scenario, counted: ReadonlySet<number>): number[][] {
  const minute = (log: number) => minutes[log] ?? 0
  const logs = [...counted].sort((a, b) => minute(a) - minute(b) || a - b)
  const joined: number[][] = []
  for (let start = 0; start + count <= logs.length; start++) {
    const first = minute(logs[start] ?? 0)
    const held = logs.filter((log) => minute(log) >= first && minute(log) <= first + window)
    if (held.length < count) continue
    const last = joined.at(-1)
    if (last?.some((log) => held.includes(log))) joined[joined.length - 1] = [...new Set([...last, ...held])]
    else joined.push(held)
  }
  return joined
}

/** Where matches start, in the order of judging. */
function statusReference(given: Scenario): string[] {
  const matching = new Set<number>()
  const openers: string[] = []
  for (const { log, failing, batch, isFirst, backfill } of states(given)) {
    if (batch < given.madeBefore || (isFirst && backfill)) continue
    if (failing && !matching.has(log)) openers.push(sidOf(log))
    if (failing) matching.add(log)
    else matching.delete(log)
  }
  return openers
}
