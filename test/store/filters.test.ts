import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AlertFilter, matchesAlert } from '../../src/store/alert-filter.js'
import { type DeliveryFilter, matchesDelivery } from '../../src/store/delivery-filter.js'
import { type LogFilter, matchesLog } from '../../src/store/log-filter.js'
import { Reads } from '../../src/store/reads.js'
import { type TestDatabase, openTestDatabase } from '../fixtures/database.js'
import { insertAction, insertAlert, insertDelivery, insertLog, insertRule } from '../fixtures/rows.js'

let store: TestDatabase
let reads: Reads

beforeAll(async () => {
  store = await openTestDatabase()
  reads = new Reads(store.database)
})
afterAll(() => store.close())

/** Few values, so that filters and rows meet; with what LIKE and JSON could trip over. */
const word = fc.constantFrom(
  'a',
  'B',
  'ab',
  '%',
  '_',
  '\\',
  "a'b",
  'A_b',
  '50%',
  '30003',
  'Failed',
  '短信',
  '',
)
const listOf = <Value>(value: fc.Arbitrary<Value>) =>
  fc.option(fc.array(value, { maxLength: 3 }), { nil: null })
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const instant = fc.integer({ min: 0, max: 5 }).map((second) => new Date(Date.UTC(2026, 10, 1, 12, 0, second)))
const logType = fc.constantFrom('call' as const, 'message' as const, 'error' as const)
const everything = { first: 200, after: null }

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).sort()

describe('a filter', () => {
  it('wants the same logs of a page as of an event', async () => {
    const anyLog = fc.record({
      logType,
      timestamp: instant,
      status: maybe(word),
      errorCode: maybe(word),
      errorMessage: maybe(word),
      fromNumber: maybe(word),
      toNumber: maybe(word),
      text: maybe(word),
      processed: fc.boolean(),
    })
    for (const fields of fc.sample(anyLog, 60)) await insertLog(store.database, fields)
    const all = (await reads.logs.page({}, everything)).rows
    const filters: fc.Arbitrary<LogFilter> = fc.record(
      {
        logType: listOf(logType),
        status: listOf(
          fc.oneof(
            word,
            word.map((text) => text.toUpperCase()),
          ),
        ),
        errorCode: listOf(word),
        twilioSid: listOf(fc.constantFrom(...all.map((log) => log.twilioSid))),
        accountSid: listOf(fc.constantFrom('AC1', 'AC2')),
        fromNumber: maybe(word),
        toNumber: maybe(word),
        search: maybe(word),
        processed: maybe(fc.boolean()),
        since: maybe(instant),
        until: maybe(instant),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const page = await reads.logs.page(filter, everything)
        const matching = all.filter((log) => matchesLog(filter, log))
        expect(ids(page.rows)).toEqual(ids(matching))
        expect(await reads.logs.count(filter)).toBe(matching.length)
      }),
      { numRuns: 150 },
    )
  })

  it('wants the same alerts and deliveries of a page as of an event', async () => {
    const { database } = store
    const rules = [await insertRule(database), await insertRule(database)]
    const logs = [await insertLog(database), await insertLog(database)]
    const statuses = ['pending', 'delivered', 'failed', 'suppressed'] as const
    for (let n = 0; n < 24; n++) {
      const [ruleId, logId] = [rules[n % 2]!, n % 3 === 0 ? null : logs[n % 2]!]
      const triggeredAt = new Date(Date.UTC(2026, 10, 1, 12, 0, n % 6))
      const resolvesAt = new Date(n % 4 === 0 ? '2100-01-01' : '2026-11-02')
      const alertId = await insertAlert(database, ruleId, logId, { triggeredAt, resolvesAt })
      const actionId = await insertAction(database, ruleId)
      const owed = { alertId, ruleId, actionId }
      await insertDelivery(database, owed, { status: statuses[n % 4]!, triggeredAt, attempts: n % 3 })
      if (n % 5 < 3)
        await database.query(`UPDATE actions SET failing_since = now() - $2::interval WHERE id = $1`, [
          actionId,
          n % 5 === 0 ? '-1 hour' : '1 hour',
        ])
      if (n % 7 > 4) await database.query(`UPDATE actions SET enabled = false WHERE id = $1`, [actionId])
    }
    const alerts = (await reads.alerts.page({}, everything)).rows
    const deliveries = (await reads.deliveries.page({}, everything)).rows
    for (const told of ['failing', 'retriable'] as const)
      expect(new Set(deliveries.map((delivery) => delivery[told])).size).toBe(2)
    const ruleId = fc.constantFrom(...rules, rules[0]!.toUpperCase(), randomUUID(), 'no id at all')
    const range = { since: maybe(instant), until: maybe(instant) }
    const alertFilters: fc.Arbitrary<AlertFilter> = fc.record({
      ruleId: listOf(ruleId),
      logId: maybe(fc.constantFrom(...logs, 'no id at all')),
      state: listOf(fc.constantFrom('firing' as const, 'resolved' as const)),
      ...range,
    })
    const deliveryFilters: fc.Arbitrary<DeliveryFilter> = fc.record({
      alertId: maybe(fc.constantFrom(...alerts.slice(0, 3).map(({ id }) => id), 'no id at all')),
      ruleId: listOf(ruleId),
      actionId: listOf(fc.constantFrom(...deliveries.map((delivery) => delivery.actionId))),
      status: listOf(fc.constantFrom(...statuses)),
      failing: maybe(fc.boolean()),
      retriable: maybe(fc.boolean()),
      ...range,
    })
    await fc.assert(
      fc.asyncProperty(alertFilters, deliveryFilters, async (alertFilter, deliveryFilter) => {
        const alertPage = await reads.alerts.page(alertFilter, everything)
        expect(ids(alertPage.rows)).toEqual(ids(alerts.filter((alert) => matchesAlert(alertFilter, alert))))
        const page = await reads.deliveries.page(deliveryFilter, everything)
        expect(ids(page.rows)).toEqual(ids(deliveries.filter((one) => matchesDelivery(deliveryFilter, one))))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a page', () => {
  it('goes on where the last one ended, also through rows of the same instant', async () => {
    const filter = { accountSid: ['AC-pages'] }
    for (let n = 0; n < 23; n++)
      await insertLog(store.database, {
        accountSid: 'AC-pages',
        timestamp: new Date(Date.UTC(2026, 10, 2, 0, 0, Math.floor(n / 8))),
      })
    const whole = (await reads.logs.page(filter, everything)).rows
    const walked: string[] = []
    let after: { at: Date; id: string } | null = null
    for (;;) {
      const page = await reads.logs.page(filter, { first: 5, after })
      walked.push(...page.rows.map(({ id }) => id))
      const last = page.rows.at(-1)!
      after = { at: last.timestamp, id: last.id }
      if (!page.hasNextPage) break
    }
    expect(walked).toEqual(whole.map(({ id }) => id))
    expect(whole.map(({ timestamp }) => timestamp.getTime())).toEqual(
      whole.map(({ timestamp }) => timestamp.getTime()).sort((a, b) => b - a),
    )
  })

  it('counts to 10,000 exactly and then says 10,001', async () => {
    const filter = { accountSid: ['AC-many'] }
    const add = (count: number) =>
      store.database.query(
        `INSERT INTO logs (twilio_sid, account_sid, log_type, timestamp, raw_data, content_hash)
         SELECT 'SM' || gen_random_uuid(), 'AC-many', 'call', now(), '{}', '' FROM generate_series(1, $1::int)`,
        [count],
      )
    await add(10_000)
    expect(await reads.logs.count(filter)).toBe(10_000)
    await add(5)
    expect(await reads.logs.count(filter)).toBe(10_001)
  })
})
