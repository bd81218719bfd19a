import { pino } from 'pino'
import type { DataSource } from 'typeorm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createDataSource } from '../../src/store/data-source.js'
import { Database } from '../../src/store/database.js'
import { migrations } from '../../src/store/migrations/index.js'
import { databaseKinds, type EmptyDatabase } from '../fixtures/empty-database.js'
import { restoreFirstRelease } from '../fixtures/first-release.js'
import { insertLog, insertRule } from '../fixtures/rows.js'

vi.setConfig({ testTimeout: 120_000 })

const silent = pino({ level: 'silent' })

describe.each(databaseKinds)('the migrations on $kind', ({ isThere, make }) => {
  describe.skipIf(!isThere)('', () => suite(make))
})

function suite(make: () => Promise<EmptyDatabase>): void {
  let empty: EmptyDatabase
  let source: DataSource
  beforeAll(async () => {
    empty = await make()
    source = await createDataSource(empty.connection).initialize()
  })
  afterAll(async () => {
    await source.destroy()
    await empty.drop()
  })

  /** The statements that would still be needed to make the tables what the rows say. */
  async function drift(of = source): Promise<string[]> {
    const { upQueries } = await of.driver.createSchemaBuilder().log()
    return upQueries.map(({ query }) => query)
  }
  async function ran(): Promise<string[]> {
    const rows: { name: string }[] = await source.query('SELECT name FROM migrations ORDER BY id')
    return rows.map(({ name }) => name)
  }
  async function tables(): Promise<string[]> {
    const rows: { name: string }[] = await source.query(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY 1`,
    )
    return rows.map(({ name }) => name)
  }
  const names = migrations.map((migration) => migration.name)

  it('are run once by processes that start at once', async () => {
    // The embedded database has one process only, and there nothing waits for anything.
    const starts = 'url' in empty.connection ? 4 : 1
    const opened = await Promise.all(
      Array.from({ length: starts }, () => Database.open(empty.connection, silent)),
    )
    for (const database of opened) await database.close()
    expect(await ran()).toEqual(names)
  })

  it('make exactly the tables that the rows describe', async () => {
    expect(await drift()).toEqual([])
  })

  it('would show a drift', async () => {
    await source.query('ALTER TABLE rules DROP COLUMN description')
    expect((await drift()).join('\n')).toMatch(/ALTER TABLE "rules" ADD "description"/)
    await source.query('ALTER TABLE rules ADD COLUMN description text')
    expect(await drift()).toEqual([])
  })

  it('make them of the tables of the first release too, and change no row of it', async () => {
    const old = await make()
    const { rows, rowsNow } = await restoreFirstRelease(old.connection, 'http://receiver.example')
    const upgraded = await createDataSource(old.connection).initialize()
    await upgraded.runMigrations()
    expect(await drift(upgraded)).toEqual([])
    await upgraded.destroy()
    expect(rows.length).toBeGreaterThan(200)
    expect(await rowsNow(old.connection)).toEqual(rows)
    await old.drop()
  })

  it('are nothing to do a second time', async () => {
    expect(await source.runMigrations()).toEqual([])
  })

  it('give the alerts that are there the logs that are known to be theirs', async () => {
    while ((await ran()).some((name) => name.startsWith('AlertLogs'))) await source.undoLastMigration()
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute))
    const [plain, threshold] = [await insertRule(source), await insertRule(source)]
    await source.query(
      `UPDATE rules SET pattern_type = 'threshold', threshold_count = 3, threshold_window_minutes = 5 WHERE id = $1`,
      [threshold],
    )
    const nameOf = new Map<string, string>()
    // The first lie in another episode, and before the window of the alert that opened at 17.
    for (const minute of [0, 1, 2, 10, 15, 16, 17, 18, 19]) {
      const id = await insertLog(source, { timestamp: at(minute) })
      nameOf.set(id, String(minute))
      await source.query(
        `INSERT INTO threshold_matches (rule_id, log_id, log_timestamp) VALUES ($1, $2, $3)`,
        [threshold, id, at(minute)],
      )
    }
    for (const [from, to] of [
      [0, 2],
      [10, 19],
    ] as const)
      await source.query(
        `INSERT INTO threshold_episodes (id, rule_id, starts_at, ends_at, holds_until, match_count, alerted_count)
         VALUES (gen_random_uuid(), $1, $2, $3, $3, 3, 3)`,
        [threshold, at(from), at(to)],
      )
    for (const [rule, summary, minute] of [
      [plain, 'plain', 16],
      [threshold, 'first', 17],
      [threshold, 'second', 19],
    ] as const)
      await source.query(
        `INSERT INTO alerts (id, rule_id, log_id, summary, triggered_at, resolves_at)
         SELECT gen_random_uuid(), $1, id, $2, now(), now() FROM logs WHERE "timestamp" = $3`,
        [rule, summary, at(minute)],
      )
    await source.runMigrations()
    const rows: { summary: string; log: string }[] = await source.query(
      `SELECT summary, k.log_id AS log FROM alert_logs k JOIN alerts a ON a.id = k.alert_id ORDER BY summary, log_timestamp`,
    )
    expect(rows.map(({ summary, log }) => `${summary} ${nameOf.get(log)}`)).toEqual([
      'first 15',
      'first 16',
      'first 17',
      'first 18',
      'plain 16',
      'second 19',
    ])
  })

  it('say of the rules that are there when what they look for last changed, as far as the audit log knows', async () => {
    while ((await ran()).some((name) => name.startsWith('ConditionChanged'))) await source.undoLastMigration()
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute))
    const createdAt = new Date(Date.UTC(2026, 9, 1))
    const [known, untouched, switched] = [
      await insertRule(source),
      await insertRule(source),
      await insertRule(source),
    ]
    const [deleted, switchedAndDeleted] = [
      await insertRule(source, { createdAt, deletedAt: at(9) }),
      await insertRule(source, { createdAt, deletedAt: at(9) }),
    ]
    await source.query(`UPDATE rules SET updated_at = $1`, [at(9)])
    for (const [rule, action, minute, changes] of [
      [known, 'create', 0, { name: {}, patternType: {} }],
      [known, 'update', 1, { thresholdCount: {}, name: {} }],
      [known, 'update', 2, { enabled: {} }],
      [switched, 'update', 3, { enabled: {} }],
      [switched, 'update', 9, { cooldownMinutes: {} }],
      [deleted, 'delete', 9, { name: {}, patternType: {} }],
      [switchedAndDeleted, 'update', 4, { enabled: {} }],
      [switchedAndDeleted, 'delete', 9, { name: {}, patternType: {} }],
    ] as const)
      await source.query(
        `INSERT INTO audit_log (id, at, actor, actor_name, action, object_type, object_id, changes)
         VALUES (gen_random_uuid(), $1, 'system', 'system', $2, 'rule', $3, $4)`,
        [at(minute), action, rule, changes],
      )
    await source.runMigrations()
    const changedAt = async (id: string) =>
      (await source.query(`SELECT condition_changed_at AS at FROM rules WHERE id = $1`, [id]))[0].at
    expect(await changedAt(known)).toEqual(at(1))
    expect(await changedAt(untouched)).toEqual(at(9))
    expect(await changedAt(switched)).toEqual(at(3))
    expect(await changedAt(deleted)).toEqual(createdAt)
    expect(await changedAt(switchedAndDeleted)).toEqual(at(4))
  })

  it('can be undone and done again', async () => {
    const before = await tables()
    for (const _ of names) await source.undoLastMigration()
    expect(await tables()).toEqual([])
    await source.runMigrations()
    expect(await tables()).toEqual(before)
    expect(await drift()).toEqual([])
    expect(await ran()).toEqual(names)
  })
}
