import { rm } from 'node:fs/promises'
import { setImmediate as nextTick } from 'node:timers/promises'
import { Client, type DatabaseError, type QueryResult } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.js'
import { aDatabaseDir } from '../../fixtures/database-dir.js'

const connections = 10
const operationsEach = 300

let dataDir: string
let database: EmbeddedPostgres

beforeAll(async () => {
  dataDir = await aDatabaseDir()
  database = await openEmbeddedPostgres(dataDir)
})

afterAll(async () => {
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/**
 * A client that knows what the database must answer: it keeps a copy of its own rows, and since nobody else touches
 * them, every answer that differs was meant for someone else or read someone's unfinished work.
 */
class Skeptic {
  readonly wrong: string[] = []
  readonly rows = new Map<number, string>()
  readonly done: Record<string, number> = {}
  committedCounts = 0
  #client!: Client
  #seed: number

  constructor(private readonly me: number) {
    this.#seed = me * 7919 + 1
  }

  async connect(): Promise<void> {
    this.#client = new Client(database.poolOptions)
    this.#client.on('error', () => {}) // its own deaths
    await this.#client.connect()
  }

  async run(operations: number): Promise<void> {
    const reads = [
      this.simple,
      this.severalAtOnce,
      this.parameterised,
      this.sameNameOtherStatement,
      this.bigAnswer,
    ]
    const writes = [this.write, this.write, this.readAll, this.commit, this.commit, this.rollback]
    const failures = [this.fail, this.failInTransaction, this.dieInTransaction]
    const repertoire = [...reads, ...writes, ...failures]
    for (let i = 0; i < operations; i += 1) {
      const operation = repertoire[this.#random(repertoire.length)] ?? this.simple
      this.done[operation.name] = (this.done[operation.name] ?? 0) + 1
      try {
        await operation.call(this)
      } catch (error) {
        this.wrong.push(`${operation.name}: ${String(error)}`)
      }
    }
  }

  async end(): Promise<void> {
    await this.readAll()
    await this.#client.end()
  }

  async simple(): Promise<void> {
    const n = this.#random(1e6)
    await this.#expect(`SELECT ${n} AS n, ${this.me} AS me`, [], [{ n, me: this.me }])
  }

  async severalAtOnce(): Promise<void> {
    const n = this.#random(1e6)
    const results = (await this.#client.query(
      `SELECT ${n} AS n; SELECT ${n + 1} AS n`,
    )) as unknown as QueryResult[]
    this.#same(
      results.map((result) => result.rows),
      [[{ n }], [{ n: n + 1 }]],
    )
  }

  async parameterised(): Promise<void> {
    const [n, text] = [this.#random(1e6), `é${this.me}-${this.#random(1e6)}`]
    await this.#expect('SELECT $1::int AS n, $2::text AS text', [n, text], [{ n, text }])
  }

  /** All clients use these names, each for statements of its own. */
  async sameNameOtherStatement(): Promise<void> {
    const [which, n] = [this.#random(3), this.#random(1e6)]
    const text = `SELECT $1::int + ${this.me * 10 + which} AS n`
    const { rows } = await this.#client.query({ name: `shared ${which}`, text, values: [n] })
    this.#same(rows, [{ n: n + this.me * 10 + which }])
  }

  async bigAnswer(): Promise<void> {
    const size = 20_000 + this.#random(100_000)
    await this.#expect('SELECT repeat($1, $2::int) AS text', ['x', size], [{ text: 'x'.repeat(size) }])
  }

  async write(): Promise<void> {
    const [key, value] = [this.#random(20), `v${this.#random(1e6)}`]
    await this.#upsert(key, value)
    this.rows.set(key, value)
  }

  async readAll(): Promise<void> {
    const expected = [...this.rows].sort(([a], [b]) => a - b).map(([key, value]) => ({ key, value }))
    await this.#expect('SELECT key, value FROM rows WHERE client = $1 ORDER BY key', [this.me], expected)
  }

  async fail(): Promise<void> {
    const failures = [
      { code: '22012', text: 'SELECT 1 / $1::int', values: [0] },
      { code: '42601', text: 'SELEC 1', values: [] },
      { code: '42P01', text: 'SELECT * FROM no_such_table', values: [] },
      { code: '23505', text: 'INSERT INTO counter VALUES (1, 0)', values: [] },
      { code: '22P02', text: 'SELECT $1::int', values: ['no number'] },
      { code: '57014', text: 'COPY rows FROM STDIN', values: [] },
    ]
    const { code, text, values } = failures[this.#random(failures.length)] ?? failures[0]!
    this.#same(await this.#codeOf(text, values), code)
  }

  async failInTransaction(): Promise<void> {
    await this.#client.query('BEGIN')
    await this.#upsert(1, 'never seen')
    this.#same(await this.#codeOf('SELECT 1 / 0'), '22012')
    this.#same(await this.#codeOf('SELECT 1'), '25P02')
    await this.#client.query('ROLLBACK')
  }

  /** Reads, pauses and writes: if another client came in between, counts would be lost. */
  async commit(): Promise<void> {
    const value = await this.#beginAndCount()
    await this.#client.query('COMMIT')
    this.committedCounts += 1
    this.rows.set(2, value)
  }

  async rollback(): Promise<void> {
    await this.#beginAndCount()
    await this.#client.query('ROLLBACK')
  }

  async dieInTransaction(): Promise<void> {
    await this.#beginAndCount()
    const { stream } = (this.#client as unknown as { connection: { stream: { destroy(): void } } }).connection
    if (this.#random(2) === 0) this.#client.query('SELECT pg_sleep(0)').catch(() => {}) // dies while it is answered
    stream.destroy()
    await this.connect()
  }

  async #beginAndCount(): Promise<string> {
    const value = `t${this.#random(1e6)}`
    await this.#client.query('BEGIN')
    const { rows } = await this.#client.query<{ n: number }>('SELECT n FROM counter WHERE id = 1')
    await nextTick()
    await this.#upsert(2, value)
    await this.#client.query('UPDATE counter SET n = $1 WHERE id = 1', [Number(rows[0]?.n) + 1])
    return value
  }

  async #upsert(key: number, value: string): Promise<void> {
    const text = `INSERT INTO rows VALUES ($1, $2, $3)
      ON CONFLICT (client, key) DO UPDATE SET value = EXCLUDED.value RETURNING client, key, value`
    await this.#expect(text, [this.me, key, value], [{ client: this.me, key, value }])
  }

  async #expect(text: string, values: unknown[], expected: unknown): Promise<void> {
    // Without values the driver speaks the simple protocol, with them the extended one.
    const { rows } = await (values.length === 0 ? this.#client.query(text) : this.#client.query(text, values))
    this.#same(rows, expected)
  }

  #same(actual: unknown, expected: unknown): void {
    const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)]
    if (is !== should) this.wrong.push(`${is.slice(0, 200)} instead of ${should.slice(0, 200)}`)
  }

  async #codeOf(text: string, values: unknown[] = []): Promise<string> {
    const query = values.length === 0 ? this.#client.query(text) : this.#client.query(text, values)
    return query.then(
      () => 'no error',
      (error: DatabaseError) => error.code ?? String(error),
    )
  }

  /** Numerical Recipes' generator: every run is the same. */
  #random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0
    return Math.floor((this.#seed / 2 ** 32) * below)
  }
}

it(
  `answers ${connections * operationsEach} mixed operations of ${connections} clients without a mistake`,
  { timeout: 120_000 },
  async () => {
    const setup = new Client(database.poolOptions)
    await setup.connect()
    await setup.query(`
    CREATE TABLE rows (client int, key int, value text, PRIMARY KEY (client, key));
    CREATE TABLE counter (id int PRIMARY KEY, n int); INSERT INTO counter VALUES (1, 0)`)
    const skeptics = Array.from({ length: connections }, (_, i) => new Skeptic(i + 1))
    await Promise.all(skeptics.map((skeptic) => skeptic.connect()))
    await Promise.all(skeptics.map((skeptic) => skeptic.run(operationsEach)))
    await Promise.all(skeptics.map((skeptic) => skeptic.end()))

    expect(skeptics.flatMap((skeptic) => skeptic.wrong)).toEqual([])
    const operations = skeptics.flatMap((skeptic) => Object.values(skeptic.done))
    expect(operations.reduce((sum, count) => sum + count, 0)).toBe(connections * operationsEach)
    const committed = skeptics.reduce((sum, skeptic) => sum + skeptic.committedCounts, 0)
    expect((await setup.query('SELECT n FROM counter')).rows).toEqual([{ n: committed }])
    const rows = skeptics.reduce((sum, skeptic) => sum + skeptic.rows.size, 0)
    expect((await setup.query('SELECT count(*)::int AS n FROM rows')).rows).toEqual([{ n: rows }])
    await setup.end()
  },
)
