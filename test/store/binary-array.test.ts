import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binaryArray, type ArrayValues } from '../../src/store/binary-array.js'
import { timeOrderedIds } from '../../src/store/uuid.js'
import { anEmbeddedDatabase, aServerDatabase, testServer } from '../fixtures/empty-database.js'

describe.each([
  { where: 'the embedded database', isThere: true, open: anEmbeddedDatabase },
  { where: 'a server', isThere: Boolean(testServer), open: () => aServerDatabase(testServer ?? '') },
] as const)('arrays on $where (a server is skipped without TEST_DATABASE_URL)', ({ isThere, open }) => {
  describe.skipIf(!isThere)('', () => suite(open))
})

function suite(open: typeof anEmbeddedDatabase): void {
  let client: Client
  let drop: () => Promise<void>
  beforeAll(async () => {
    const { connection, drop: dropDatabase } = await open()
    drop = dropDatabase
    client = new Client('url' in connection ? { connectionString: connection.url } : connection.poolOptions)
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await drop()
  })

  async function stored<Type extends keyof ArrayValues>(
    type: Type,
    values: readonly (ArrayValues[Type] | null)[],
  ): Promise<unknown[]> {
    const { rows } = await client.query<{ value: unknown }>(
      `SELECT value FROM unnest($1::${type}[]) WITH ORDINALITY AS one(value, place) ORDER BY place`,
      [binaryArray(type, values)],
    )
    return rows.map(({ value }) => value)
  }

  it('keep every text as it is', async () => {
    const texts = [
      '',
      'plain',
      '"quoted", {braced}, \\ back',
      'NULL',
      null,
      'größer 😀\n\t',
      'x'.repeat(70_000),
    ]
    expect(await stored('text', texts)).toEqual(texts)
  })

  it('keep JSON of every kind', async () => {
    const values = [{ a: [1, 'ü', null, { b: true }] }, [], 'text', 0.1, null]
    const texts = values.map((value) => JSON.stringify(value))
    expect(await stored('jsonb', texts)).toEqual(values)
    expect(await stored('jsonb', [null])).toEqual([null])
  })

  it('keep times to the millisecond, before and after the turn of the century', async () => {
    const times = [
      '1969-12-31T23:59:59.999Z',
      '2000-01-01T00:00:00.000Z',
      '2026-11-27T08:10:29.123Z',
      '2099-12-31T23:59:59.999Z',
    ]
    const dates = [...times.map((time) => new Date(time)), null]
    expect(await stored('timestamptz', dates)).toEqual(dates)
  })

  it('keep truth values, ids and the number of values', async () => {
    expect(await stored('boolean', [true, false, null])).toEqual([true, false, null])
    const bytes = randomBytes(16)
    const [id] = await stored('uuid', [bytes])
    expect(String(id).replaceAll('-', '')).toBe(bytes.toString('hex'))
    expect(await stored('text', [])).toEqual([])
  })

  it('keep the order of ids that rise with time', async () => {
    const made = [1_000, 2_000, 3_000].flatMap((ms) => timeOrderedIds(50, new Date(ms)).slice(0, 1))
    const ids = (await stored('uuid', made)).map(String)
    expect(ids.toSorted()).toEqual(ids)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/)
  })
}
