import type { Statements } from '../database.js'
import { type Footer, type Header, type Row, RowDigest, type TableBegin, type TableEnd } from './archive.js'
import { readMigrations, readTables, type Table } from './catalogue.js'

/** Rows read at a time. */
const PAGE = 2_000

/** How much a backup holds: how many rows of each table. */
export type BackupCounts = Map<string, number>

/**
 * The lines of a backup. All of it is read in the transaction that `statements` runs in: give it one that sees a single
 * moment (REPEATABLE READ).
 */
export async function* backupLines(
  statements: Statements,
  { version, takenAt, counts }: { version: string; takenAt: Date; counts: BackupCounts },
): AsyncGenerator<string> {
  const header: Header = {
    giftpulse: 'backup',
    format: 1,
    version,
    takenAt: takenAt.toISOString(),
    migrations: await readMigrations(statements),
  }
  yield lineOf(header)
  const tables = await readTables(statements)
  for (const table of tables) {
    yield lineOf({ table: table.name, columns: table.columns.map(({ name }) => name) } satisfies TableBegin)
    const digest = new RowDigest()
    for await (const page of pagesOf(statements, table)) {
      const lines = page.map((row) => JSON.stringify(row))
      for (const line of lines) digest.add(line)
      yield lines.map((line) => `${line}\n`).join('')
    }
    counts.set(table.name, digest.rows)
    const counter = await readCounter(statements, table)
    yield lineOf({
      end: table.name,
      rows: digest.rows,
      digest: digest.end(),
      counter,
    } satisfies TableEnd)
  }
  yield lineOf({ tables: tables.length } satisfies Footer)
}

/** By the primary key: neither a COPY nor a cursor, which the embedded database does not know. */
async function* pagesOf(statements: Statements, { name, columns, key }: Table): AsyncGenerator<Row[]> {
  const texts = columns.map((column) => `${quoted(column.name)}::text`).join(', ')
  const order = key.map((column) => quoted(column.name)).join(', ')
  const places = key.map(({ type }, index) => `$${index + 1}::text::${type}`).join(', ')
  const keyPlaces = key.map(({ name: wanted }) => columns.findIndex((column) => column.name === wanted))
  let after: Row | null = null
  for (;;) {
    const where: string = after ? `WHERE (${order}) > (${places})` : ''
    const rows: { row: Row }[] = await statements.query<{ row: Row }>(
      `SELECT ARRAY[${texts}] AS row FROM ${quoted(name)} ${where} ORDER BY ${order} LIMIT ${PAGE}`,
      after ? keyPlaces.map((place) => after?.[place]) : [],
    )
    if (rows.length > 0) yield rows.map(({ row }) => row)
    if (rows.length < PAGE) return
    after = rows.at(-1)!.row
  }
}

async function readCounter(statements: Statements, { name, counter }: Table): Promise<string | null> {
  if (counter === null) return null
  const [sequence] = await statements.query<{ name: string }>(
    `SELECT pg_get_serial_sequence($1, $2) AS name`,
    [quoted(name), counter],
  )
  const [state] = await statements.query<{ last: string; used: boolean }>(
    `SELECT last_value::text AS last, is_called AS used FROM ${sequence!.name}`,
  )
  return state?.used ? state.last : null
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}
