import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Retention, type RetentionSettings } from '../../src/store/retention.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { aSighting, openCore } from '../fixtures/core.js'
import {
  insertAction,
  insertAlert,
  insertDelivery,
  insertLog,
  insertRule,
  joinAlert,
} from '../fixtures/rows.js'

const DAY = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY)

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(async () => {
  await test.database.query(
    `TRUNCATE logs, log_transitions, rules, alerts, alert_logs, deliveries, delivery_attempts, threshold_matches, threshold_episodes,
       unreadable_records, inbox, feed, rule_verdicts, sends`,
  )
  await test.database.query(`UPDATE system_state SET logs_dropped_before = NULL`)
})
afterAll(() => test.close())

const retain = (settings: Partial<RetentionSettings>) =>
  new Retention(test.database, { logsDays: null, alertsDays: null, receivedDays: 7, ...settings }).run()
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

  it('are named no more by the alerts that they joined, which stay', async () => {
    const alertId = await insertAlert(test.database, await insertRule(test.database), await aLog(31))
    const young = await aLog(29)
    await joinAlert(test.database, alertId, [young, await aLog(31)])
    await retain({ logsDays: 30 })
    expect(await count('alerts')).toBe(1)
    expect(await test.database.query(`SELECT alert_id, log_id FROM alert_logs`)).toEqual([
      { alert_id: alertId, log_id: young },
    ])
  })

  it('stay while they are not judged, are read again, or are still to be told of', async () => {
    await aLog(40, { processed: false })
    const unfinished = await aLog(40)
    await test.database.query(`UPDATE logs SET next_read_at = now() WHERE id = $1`, [unfinished])
    const ruleId = await insertRule(test.database)
    const actionId = await insertAction(test.database, ruleId)
    const logId = await aLog(40)
    const alertId = await insertAlert(test.database, ruleId, logId)
    await insertDelivery(test.database, { alertId, ruleId, actionId, logId }, { status: 'pending' })
    await retain({ logsDays: 30 })
    expect(await count('logs')).toBe(3)
  })

  it('that were dropped do not come back as new ones, and fire nothing, when a list goes on giving them', async () => {
    const core = openCore(test.database)
    await core.createRule({ patternValue: '30003' }, [])
    await test.database.query(`UPDATE rules SET created_at = now() - interval '100 days'`)
    const page = [40, 20].map((days) => aSighting({ errorCode: '30003', timestamp: daysAgo(days) }))
    const poll = async () => {
      await core.ingest(page, [], { backfillBefore: null })
      await core.judge.judgeAll()
    }
    await poll()
    await test.database.query(`UPDATE logs SET created_at = "timestamp", next_read_at = NULL`)
    expect([await count('logs'), await count('alerts')]).toEqual([2, 2])
    await retain({ logsDays: 30 })
    await poll()
    expect([await count('logs'), await count('alerts')]).toEqual([1, 2])
  })

  it('that a threshold has counted stay counted for as long as its window reaches', async () => {
    const longWindow = await insertRule(test.database)
    const shortWindow = await insertRule(test.database)
    await test.database.query(
      `UPDATE rules SET pattern_type = 'threshold', threshold_count = 5,
              threshold_window_minutes = CASE id WHEN $1 THEN 7 * 1440 ELSE 5 END WHERE id IN ($1, $2)`,
      [longWindow, shortWindow],
    )
    const log = await aLog(3)
    await test.database.query(
      `INSERT INTO threshold_matches (rule_id, log_id, log_timestamp) SELECT rule, $2, $3 FROM unnest($1::uuid[]) rule`,
      [[longWindow, shortWindow], log, daysAgo(3)],
    )
    await retain({ logsDays: 1 })
    expect(await count('logs')).toBe(0)
    expect(await test.database.query(`SELECT rule_id FROM threshold_matches`)).toEqual([
      { rule_id: longWindow },
    ])
  })

  it('that a threshold has counted take the stretch in which it held with them, once none of them is left in it', async () => {
    const core = openCore(test.database)
    await core.createRule(
      { patternType: 'threshold', patternValue: null, thresholdCount: 2, thresholdWindowMinutes: 5 },
      [],
    )
    const minutesBefore = (minutes: number, days: number) =>
      new Date(daysAgo(days).getTime() - minutes * 60_000)
    await core.ingest(
      [40, 20].flatMap((days) =>
        [0, 1].map((minutes) => aSighting({ timestamp: minutesBefore(minutes, days) })),
      ),
      [],
      { backfillBefore: null },
    )
    await core.judge.judgeAll()
    await test.database.query(`UPDATE logs SET created_at = "timestamp", next_read_at = NULL`)
    expect([await count('threshold_episodes'), await count('threshold_matches')]).toEqual([2, 4])

    // One of the older two stays while it is read again: so does what was made of both.
    const [kept] = await test.database.query<{ id: string }>(
      `SELECT id FROM logs ORDER BY "timestamp" LIMIT 1`,
    )
    await test.database.query(`UPDATE logs SET next_read_at = now() WHERE id = $1`, [kept!.id])
    await retain({ logsDays: 30 })
    expect([await count('threshold_episodes'), await count('threshold_matches')]).toEqual([2, 3])

    await test.database.query(`UPDATE logs SET next_read_at = NULL`)
    await retain({ logsDays: 30 })
    expect(
      await test.database.query(`SELECT ends_at < now() - interval '30 days' AS old FROM threshold_episodes`),
    ).toEqual([{ old: false }])
    await retain({})
    expect(await count('threshold_episodes')).toBe(1)
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

describe('the logs that an alert names', () => {
  it('go with it, however many they are, and stay themselves', async () => {
    const rule = await insertRule(test.database)
    const times = { triggeredAt: daysAgo(31), resolvesAt: daysAgo(30) }
    await insertAlert(test.database, rule, null, times)
    await test.database.query(
      `INSERT INTO alert_logs (alert_id, log_id, log_timestamp)
       SELECT id, gen_random_uuid(), now() FROM alerts, generate_series(1, 10001)`,
    )
    const young = await insertAlert(test.database, rule, await aLog(29))
    await retain({ alertsDays: 30 })
    expect(await test.database.query(`SELECT alert_id FROM alert_logs`)).toEqual([{ alert_id: young }])
    expect(await count('logs')).toBe(1)
  })
})

describe('every table', () => {
  /** What is no record of anybody's traffic: settings, standing state, and the audit log, which is kept. */
  const kept = [
    'accounts',
    'actions',
    'api_keys',
    'audit_log',
    // Of what was erased only digests, so that it stays away.
    'erased_numbers',
    'migrations',
    'poll_cursors',
    'receivers',
    'rules',
    // What is in hand while somebody judges it, and then gone.
    'suspected_transitions',
    'system_alerts',
    'system_state',
    'threshold_episodes',
  ]

  /** A row in every other table, as it was stored so many days ago. */
  async function traffic(days: number, mark: string): Promise<void> {
    const { database } = test
    const at = daysAgo(days)
    const rule = await insertRule(database)
    const action = await insertAction(database, rule)
    const log = await insertLog(database, { timestamp: at, text: mark, rawData: { body: mark } })
    await database.query(`UPDATE logs SET created_at = $2 WHERE id = $1`, [log, at])
    await database.query(`UPDATE log_transitions SET at = $2, error_message = $3 WHERE log_id = $1`, [
      log,
      at,
      mark,
    ])
    await database.query(`INSERT INTO rule_verdicts (rule_id, log_id) VALUES ($1, $2)`, [rule, log])
    await database.query(
      `INSERT INTO threshold_matches (rule_id, log_id, log_timestamp) VALUES ($1, $2, $3)`,
      [rule, log, at],
    )
    const alertId = await insertAlert(database, rule, log, { triggeredAt: at, resolvesAt: at })
    await database.query(`UPDATE alerts SET summary = $2 WHERE id = $1`, [alertId, mark])
    const owed = { alertId, ruleId: rule, actionId: action, logId: log }
    const delivery = await insertDelivery(database, owed, {
      status: 'delivered',
      triggeredAt: at,
      attempts: 1,
    })
    await database.query(`UPDATE deliveries SET action_result = to_jsonb($2::text) WHERE id = $1`, [
      delivery,
      mark,
    ])
    await database.query(`UPDATE delivery_attempts SET at = $2, response = $3 WHERE delivery_id = $1`, [
      delivery,
      at,
      mark,
    ])
    for (const state of ['done', 'failed'])
      await database.query(
        `INSERT INTO inbox (id, channel, idempotency_id, body, received_at, state) VALUES (gen_random_uuid(), 'custom:x', $1, $1, $2, $3)`,
        [`${mark} ${state}`, at, state],
      )
    await database.query(
      `INSERT INTO unreadable_records (digest, account_sid, source, reason, record, created_at) VALUES ($1, 'AC1', 'calls', $1, $1, $2)`,
      [mark, at],
    )
    await database.query(`INSERT INTO sends (key, at) VALUES ($1, $2)`, [mark, at])
    await database.query(`INSERT INTO feed (kind, subject_id, at) VALUES ('log_added', $1, $2)`, [log, at])
  }

  it('of traffic is rid of what is ninety days old and keeps what is new', async () => {
    const tables = await test.database.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> ALL($1) ORDER BY 1`,
      [kept],
    )
    const counts = async () => {
      const counted: Record<string, number> = {}
      for (const { name } of tables) counted[name] = await count(name)
      return counted
    }
    await traffic(0, 'of today')
    const young = await counts()
    expect(Object.entries(young).filter(([, rows]) => rows === 0)).toEqual([])

    await traffic(90, 'of old')
    await retain({ logsDays: 60, alertsDays: 60, receivedDays: 60 })
    expect(await counts()).toEqual(young)
    for (const { name } of tables)
      expect(
        await test.database.query(`SELECT * FROM ${name} t WHERE t::text LIKE '%of old%'`),
        name,
      ).toEqual([])
  })
})
