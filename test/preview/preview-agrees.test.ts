import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RuleSettings } from '../../src/commands/rule-input.js'
import { PatternType } from '../../src/rules/rule.js'
import { LogType } from '../../src/sources/log.js'
import { aSighting, openCore } from '../fixtures/core.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { previewOf } from './replaying.js'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const LOGS = 12
const states = [
  { status: 'failing', errorCode: '30003', errorMessage: 'Unreachable  destination' },
  { status: 'failing', errorCode: '30005', errorMessage: null },
  { status: 'fine', errorCode: null, errorMessage: null },
  { status: 'Odd', errorCode: '30003', errorMessage: 'unreachable again' },
] as const

/** Logs with a time of their own, seen page by page in any order, each time in one of the states. */
const scenario = fc.record({
  minutes: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: LOGS, maxLength: LOGS }),
  batches: fc.array(
    fc.record({
      seen: fc.uniqueArray(fc.record({ log: fc.nat(LOGS - 1), state: fc.nat(states.length - 1) }), {
        minLength: 1,
        maxLength: 6,
        selector: ({ log }) => log,
      }),
      backfill: fc.boolean(),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  count: fc.integer({ min: 1, max: 4 }),
  window: fc.integer({ min: 1, max: 8 }),
  /** A whole run takes less than a minute: what cools down at all does so until its end. */
  cooldown: fc.constantFrom(0, 2),
  logType: fc.constantFrom(null, LogType.MESSAGE, LogType.CALL),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never

const rules: Readonly<Record<string, (given: Scenario) => Partial<RuleSettings>>> = {
  'an error code': () => ({ patternType: PatternType.ERROR_CODE, patternValue: '30003' }),
  'every error code but one': () => ({ patternType: PatternType.ERROR_CODE, patternValue: '!30005' }),
  'a regex': () => ({ patternType: PatternType.REGEX, patternValue: '(?i)unreachable' }),
  'a regex without a word': () => ({ patternType: PatternType.REGEX, patternValue: 'n +d|[g-h]ello [1-3]' }),
  'a status': () => ({ patternType: PatternType.STATUS, patternValue: 'FAILING,odd' }),
  'a threshold': ({ count, window }) => ({
    patternType: PatternType.THRESHOLD,
    patternValue: 'code:30003',
    thresholdCount: count,
    thresholdWindowMinutes: window,
  }),
  'a threshold for every log': ({ count, window }) => ({
    patternType: PatternType.THRESHOLD,
    patternValue: null,
    thresholdCount: count,
    thresholdWindowMinutes: window,
  }),
}

describe('a preview says what judging said live', () => {
  it.each(Object.entries(rules))(
    'of %s, with late, unordered, changed and backfilled logs',
    async (_, settingsFor) => {
      await fc.assert(
        fc.asyncProperty(scenario, async (given) => {
          const settings = { ...settingsFor(given), cooldownMinutes: given.cooldown, logType: given.logType }
          const live = await playedLive(given, settings)
          const { alerts, alertCount, deliveryCount } = await previewOf(test.database, settings)
          expect(alerts.map(({ logId, matchCount, summary }) => ({ logId, matchCount, summary }))).toEqual(
            live,
          )
          expect({ alertCount, deliveryCount }).toEqual({
            alertCount: live.length,
            deliveryCount: live.length,
          })
        }),
        { numRuns: Number(process.env.PROPERTY_RUNS ?? 8), endOnFailure: true },
      )
    },
    120_000,
  )
})

/** The alerts of a rule that stood from the start, newest first. */
async function playedLive(given: Scenario, settings: Partial<RuleSettings>) {
  await test.database.query(
    `TRUNCATE logs, log_transitions, rules, rule_verdicts, threshold_matches, threshold_episodes, alerts, alert_logs, actions, deliveries, feed`,
  )
  const core = openCore(test.database)
  await core.createRule(settings)
  for (const [index, { seen, backfill }] of given.batches.entries()) {
    const page = seen.map(({ log, state }) =>
      aSighting({
        twilioSid: `SM${String(log).padStart(4, '0')}`,
        logType: log % 4 === 0 ? LogType.CALL : LogType.MESSAGE,
        timestamp: new Date(Date.UTC(2026, 10, 1, 12, given.minutes[log])),
        changedAt: new Date(Date.UTC(2026, 10, 2, 0, index)),
        text: log % 3 === 0 ? null : `hello ${log}`,
        // Made-up statuses are never final, so a log may go back and forth.
        ...states[state],
      }),
    )
    await core.ingest(page, [], { backfillBefore: backfill ? new Date('2027-01-01') : null })
    await core.judge.judgeAll()
  }
  return test.database.query(
    `SELECT log_id AS "logId", match_count AS "matchCount", summary FROM alerts ORDER BY transition_id DESC`,
  )
}
