import { pino } from 'pino'
import type { DataSource } from 'typeorm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createDataSource } from '../../src/store/data-source.js'
import { Database } from '../../src/store/database.js'
import { migrations } from '../../src/store/migrations/index.js'
import { databaseKinds, type EmptyDatabase } from '../fixtures/empty-database.js'
import { restoreFirstRelease } from '../fixtures/first-release.js'

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
