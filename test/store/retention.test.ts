import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Retention } from '../../src/store/retention.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { insertAction, insertAlert, insertDelivery, insertLog, insertRule } from '../fixtures/rows.js'

const DAY = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY)

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(async () => {
  await test.database.query(`TRUNCATE logs, log_transitions, alerts, deliveries, delivery_attempts`)
})
afterAll(() => test.close())

const retain = (settings: Partial<{ logsDays: number; alertsDays: number; lookbackMinutes: number }>) =>
  new Retention(test.database, {
    logsDays: null,
    alertsDays: null,
    receivedDays: 7,
    lookbackMinutes: 15,
    ...settings,
  }).run()
const count = async (table: string) =>
  (await test.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`))[0]!.count

async function aLog(days: number, fields: { processed?: boolean } = {}): Promise<string> {
  const id = await insertLog(test.database, { timestamp: daysAgo(days), ...fields })
  await test.database.query(`UPDATE logs SET created_at = $2 WHERE id = $1`, [id, daysAgo(days)])
  return id
}

describe('logs', () => {
  it('are kept for ever unless told otherwise', async () => {
    await aLog(4_000)
    await retain({})
    expect(await count('logs')).toBe(1)
  })

  it('are dropped by their age, with what they passed through', async () => {
    await aLog(31)
    const young = await aLog(29)
    await retain({ logsDays: 30 })
    expect(await test.database.query(`SELECT id FROM logs`)).toEqual([{ id: young }])
    expect(await count('log_transitions')).toBe(1)
  })

  it('stay while they are not judged, or polls may read them back', async () => {
    await aLog(40, { processed: false })
    await aLog(35)
    await retain({ logsDays: 30, lookbackMinutes: 43_200 + 10_000 })
    expect(await count('logs')).toBe(2)
  })
})

describe('alerts', () => {
  it('are dropped by their age with all that was sent for them, unless something is still owed', async () => {
    const rule = await insertRule(test.database)
    const action = await insertAction(test.database, rule)
    for (const [days, status] of [
      [31, 'delivered'],
      [31, 'pending'],
      [29, 'delivered'],
    ] as const) {
      const times = { triggeredAt: daysAgo(days), resolvesAt: daysAgo(days - 1) }
      const alertId = await insertAlert(test.database, rule, null, times)
      await insertDelivery(
        test.database,
        { alertId, ruleId: rule, actionId: action },
        { status, attempts: 1 },
      )
    }
    await retain({ alertsDays: 30 })
    expect([await count('alerts'), await count('deliveries'), await count('delivery_attempts')]).toEqual([
      2, 2, 2,
    ])
  })
})
