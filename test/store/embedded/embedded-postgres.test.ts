import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.js'
import { EmbeddedPostgresError } from '../../../src/store/embedded/errors.js'
import { aDatabaseDir } from '../../fixtures/database-dir.js'

const inserter = fileURLToPath(new URL('children/insert-forever.js', import.meta.url))

describe('openEmbeddedPostgres', () => {
  let dataDir: string
  let database: EmbeddedPostgres
  let crashes: Error[]

  // One for each try: what is broken or stopped here is of no use to another.
  beforeEach(async () => {
    crashes = []
    dataDir = await aDatabaseDir()
    database = await openEmbeddedPostgres(dataDir, (cause) => crashes.push(cause))
  })

  afterEach(async () => {
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('serves the ordinary driver', async () => {
    const pool = new Pool(database.poolOptions)
    const { rows } = await pool.query("SELECT $1::int + 1 AS n, $2::jsonb->>'a' AS a", [41, { a: 'é' }])
    expect(rows).toEqual([{ n: 42, a: 'é' }])
    await pool.end()
  })

  it('starts again after a breakdown: open connections fail, the next one works, nothing is lost', async () => {
    const client = new Client(database.poolOptions)
    client.on('error', () => {})
    await client.connect()
    await client.query('CREATE TABLE before_the_crash AS SELECT 7 AS n')
    // There are no programs to run inside PGlite, which it notices too late: this breaks the engine.
    await expect(client.query("COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toThrow('connection')
    await expect.poll(() => crashes).toHaveLength(1)
    expect(crashes[0]).toBeInstanceOf(EmbeddedPostgresError)
    expect(crashes[0]?.message).toContain('broke down')

    const next = new Client(database.poolOptions)
    await next.connect()
    expect((await next.query('SELECT n FROM before_the_crash')).rows).toEqual([{ n: 7 }])
    await next.end()
  })

  it('refuses connections once it is stopped, and keeps its data for the next start', async () => {
    const client = new Client(database.poolOptions)
    await client.connect()
    await client.query('CREATE TABLE before_the_stop AS SELECT 8 AS n')
    await client.end()
    await database.stop()
    await expect(new Client(database.poolOptions).connect()).rejects.toThrow('stopped')

    database = await openEmbeddedPostgres(dataDir, (cause) => crashes.push(cause))
    const again = new Client(database.poolOptions)
    await again.connect()
    expect((await again.query('SELECT n FROM before_the_stop')).rows).toEqual([{ n: 8 }])
    await again.end()
    expect(crashes).toEqual([])
  })

  it('says why a folder cannot be opened', async () => {
    const file = join(dataDir, 'a-file')
    await writeFile(file, '')
    await expect(openEmbeddedPostgres(join(file, 'postgres'))).rejects.toThrow(
      /cannot be opened.*not a directory/,
    )
  })
})

describe('an embedded database whose process is killed', () => {
  let folder: string
  let dataDir: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'giftpulse-killed-'))
    dataDir = join(folder, 'postgres')
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('starts afresh when the kill came before it was complete', { timeout: 90_000 }, async () => {
    const child = spawn(process.execPath, [inserter, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
    const unfinished = `${dataDir}.new`
    while (!existsSync(unfinished)) await sleep(5)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(dataDir)).toBe(false)
    await writeFile(join(unfinished, 'PG_VERSION'), '18\n') // as a later kill would leave it
    expect(await insertUntilKilled(1)).not.toEqual([])
  })

  it('keeps every acknowledged row, again and again', { timeout: 90_000 }, async () => {
    const acknowledged = [...(await insertUntilKilled(300)), ...(await insertUntilKilled(200))]
    const database = await openEmbeddedPostgres(dataDir)
    const pool = new Pool(database.poolOptions)
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM kept')
    const kept = new Set(rows.map((row) => row.id))
    expect(acknowledged.length).toBeGreaterThanOrEqual(500)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    await pool.end()
    await database.stop()
  })

  /** The numbers a process saw acknowledged before it was killed in the middle of its work. */
  async function insertUntilKilled(enough: number): Promise<number[]> {
    const child = spawn(process.execPath, [inserter, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    for await (const text of child.stdout.setEncoding('utf8')) {
      printed += text as string
      if (printed.split('\n').length > enough) child.kill('SIGKILL')
    }
    // A line without an end was cut by the kill.
    return printed.split('\n').slice(0, -1).map(Number)
  }
})
