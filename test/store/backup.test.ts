import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeBackup, restoreBackup } from '../../src/store/backup/backup-file.js'
import { Database, type Statements } from '../../src/store/database.js'
import { migrations } from '../../src/store/migrations/index.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { aSighting, openCore } from '../fixtures/core.js'
import { databaseKinds, type EmptyDatabase } from '../fixtures/empty-database.js'
import { missingFrom, restoreFirstRelease } from '../fixtures/first-release.js'
import { aDirectory, endProducts } from '../fixtures/product.js'
import { insertAlert, insertDelivery } from '../fixtures/rows.js'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const silent = pino({ level: 'silent' })
const handlers = someHandlers()
const real = { demo: false }
const taken = { ...real, version: '0.0.0', now: new Date('2026-11-01T12:00:00Z') }

afterAll(async () => {
  await handlers.close()
  await endProducts()
})

describe.each(databaseKinds)('a backup of $kind', ({ isThere, make }) => {
  describe.skipIf(!isThere)('', () => suite(make))
})

function suite(make: () => Promise<EmptyDatabase>): void {
  const file = () => join(folder, 'backup')
  let folder: string
  let from: EmptyDatabase
  let to: EmptyDatabase
  /** The lines of the backup of `from`. */
  let whole: string
  beforeAll(async () => {
    folder = aDirectory()
    from = await filled()
    to = await make()
    await writeBackup(from.connection, file(), taken)
    whole = gunzipSync(readFileSync(file())).toString('utf8')
  })
  afterAll(async () => {
    await from.drop()
    await to.drop()
  })

  async function on<Result>(
    empty: EmptyDatabase,
    work: (database: Database) => Promise<Result>,
  ): Promise<Result> {
    const database = await Database.open(empty.connection, silent)
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }

  /** Something in every table that matters, with odd texts in it. */
  async function filled(): Promise<EmptyDatabase> {
    const empty = await make()
    await on(empty, async (database) => {
      const commands = commandsOn(database, handlers, 'a secret key')
      const core = openCore(database)
      const { rule } = await commands.createRule({
        name: 'odd "names", {braces}, \\ and 😀\nlines',
        patternType: 'error_code',
        patternValue: '30003',
        actions: [{ actionType: 'webhook', config: { url: 'https://hooks.example', secret: 'a secret' } }],
      })
      await commands.createReceiver({ name: 'billing', token: 'a-token-of-it' })
      await commands.createApiKey({ name: 'reader', scopes: ['read'] })
      const sightings = Array.from({ length: 2_500 }, (_, n) =>
        aSighting({ errorCode: n % 500 ? null : '30003', text: `"${n}\t\\` }),
      )
      await core.ingest(sightings, [], { backfillBefore: null })
      await core.judge.judgeAll()
      const [action] = await database.query<{ id: string }>(`SELECT id FROM actions`)
      const alertId = await insertAlert(database, rule.id, null)
      await database.query(`UPDATE alerts SET resolves_at = 'infinity' WHERE id = $1`, [alertId])
      await insertDelivery(database, { alertId, ruleId: rule.id, actionId: action!.id }, { attempts: 3 })
      await database.query(`DELETE FROM feed WHERE position = (SELECT max(position) FROM feed)`)
    })
    return empty
  }

  const everything = async (statements: Statements): Promise<string[]> => {
    const tables = await statements.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migrations' ORDER BY 1`,
    )
    const rows: string[] = []
    for (const { name } of tables) {
      const found = await statements.query<{ text: string }>(
        `SELECT t::text AS text FROM ${name} t WHERE NOT (t::text LIKE '%,restore,%') ORDER BY 1`,
      )
      rows.push(...found.map(({ text }) => `${name} ${text}`))
    }
    return rows
  }

  it('is refused by a database that holds something, which stays as it is', async () => {
    const before = await on(from, everything)
    await expect(restoreBackup(from.connection, file(), real)).rejects.toThrow(/holds something already/)
    expect(await on(from, everything)).toEqual(before)
  })

  it.each([
    ['cut off', (lines: string) => gzipSync(lines.slice(0, lines.length / 2))],
    ['without its last line', (lines: string) => gzipSync(lines.replace(/[^\n]*\n$/, ''))],
    ['changed in one letter', (lines: string) => gzipSync(lines.replace('"message"', '"massage"'))],
    ['short of a row', (lines: string) => gzipSync(lines.replace(/^\[.*\n/m, ''))],
    ['from a newer version', (lines: string) => gzipSync(lines.replace('"FirstTables', '"LastTables'))],
    ['something else', () => gzipSync('{"hello":"world"}\n')],
    ['not even compressed', () => Buffer.from('no backup')],
    ['a file that is cut off', (lines: string) => gzipSync(lines).subarray(0, 20_000)],
  ])('that is %s is refused, and leaves nothing behind', async (_, spoil) => {
    const spoiled = join(folder, 'spoiled')
    writeFileSync(spoiled, spoil(whole))
    await expect(restoreBackup(to.connection, spoiled, real)).rejects.toMatchObject({ name: 'ArchiveError' })
    const stored = await on(to, (database) =>
      database.query(`SELECT 1 FROM logs UNION ALL SELECT 1 FROM rules UNION ALL SELECT 1 FROM feed`),
    )
    expect(stored).toEqual([])
  })

  it('is the same once restored into an empty cluster, counters and secrets too', async () => {
    const before = await on(from, everything)
    expect(before.length).toBeGreaterThan(5_000)
    expect(whole).not.toContain('a secret')
    const restored = await restoreBackup(to.connection, file(), real)
    expect(restored.header).toMatchObject({ takenAt: '2026-11-01T12:00:00.000Z', version: '0.0.0' })
    expect(restored.counts.get('logs')).toBe(2_500)
    expect(await on(to, everything)).toEqual(before)

    const next = (empty: EmptyDatabase) =>
      on(empty, async (database) => {
        const [row] = await database.query<{ position: string }>(
          `INSERT INTO feed (kind, subject_id) VALUES ('log_added', gen_random_uuid()) RETURNING position`,
        )
        return row?.position
      })
    expect(await next(to)).toBe(await next(from))
    const noted = await on(to, (database) =>
      database.query(`SELECT actor, action FROM audit_log ORDER BY at DESC, id DESC LIMIT 1`),
    )
    expect(noted).toEqual([{ actor: 'cli', action: 'restore' }])
  })

  describe('of the first release', () => {
    it('is restored as it was and then brought up to date, as a start does; tables that are newer refuse it', async () => {
      const [old, restored, newer] = [await make(), await make(), await make()]
      const oldFile = join(folder, 'old')
      const { rows, rowsNow } = await restoreFirstRelease(old.connection, 'http://receiver.example')
      await writeBackup(old.connection, oldFile, taken)
      await restoreBackup(restored.connection, oldFile, real)
      await on(restored, async (database) => {
        expect(await database.query(`SELECT name FROM migrations ORDER BY id`)).toEqual(
          migrations.map(({ name }) => ({ name })),
        )
      })
      expect(missingFrom(await rowsNow(restored.connection), rows)).toEqual([])
      await on(newer, async () => undefined)
      await expect(restoreBackup(newer.connection, oldFile, real)).rejects.toThrow(/without tables/)
      for (const one of [old, restored, newer]) await one.drop()
    })
  })
}
