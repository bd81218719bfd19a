import type { Statements } from '../database.js'
import { ArchiveError, type Footer, parseLine, RowDigest, type TableBegin, type TableEnd } from './archive.js'
import { readTables, type Table } from './catalogue.js'
import { type BackupCounts, quoted } from './write-backup.js'

/** Rows written at a time, and the characters that they may have together. */
const AT_A_TIME = 1_000
const MAX_CHARACTERS = 4_000_000

/** What is there after the migrations although nobody has stored anything. */
const FILLED_BY_MIGRATIONS = 'system_state'

/** Whether nothing is stored yet, in whichever tables there are. */
export async function isEmpty(statements: Statements): Promise<boolean> {
  for (const { name } of await readTables(statements)) {
    if (name === FILLED_BY_MIGRATIONS) continue
    const [found] = await statements.query(`SELECT 1 FROM ${quoted(name)} LIMIT 1`)
    if (found) return false
  }
  return true
}

/**
 * Writes what follows the header into tables that are as the header's migrations made them, and checks every row on the way. Run it
 * in a transaction: what is damaged or cut off is found out only then.
 * @throws {ArchiveError} where the archive is damaged
 */
export async function restoreLines(
  statements: Statements,
  lines: AsyncIterator<string>,
): Promise<BackupCounts> {
  const tables = new Map((await readTables(statements)).map((table) => [table.name, table]))
  const counts: BackupCounts = new Map()
  await statements.query(`DELETE FROM ${FILLED_BY_MIGRATIONS}`)
  for (;;) {
    const line = await nextLine(lines)
    const said = line as Partial<TableBegin & Footer>
    if (typeof said.table === 'string') {
      const table = tables.get(said.table)
      if (!table || !sameColumns(table, said.columns ?? []))
        throw new ArchiveError(`It is damaged: the table ${said.table} is not as its migrations make it.`)
      counts.set(table.name, await restoreTable(statements, table, said.columns ?? [], lines))
    } else if (said.tables === counts.size) return counts
    else throw new ArchiveError('It is damaged: tables are missing.')
  }
}

/** The header, and with it the rest still to be read. */
export async function nextLine(lines: AsyncIterator<string>): Promise<unknown> {
  const { value, done } = await lines.next()
  if (done) throw new ArchiveError('It is cut off: its end is missing.')
  return parseLine(value)
}

async function restoreTable(
  statements: Statements,
  table: Table,
  columns: readonly string[],
  lines: AsyncIterator<string>,
): Promise<number> {
  const digest = new RowDigest()
  let waiting: string[] = []
  let characters = 0
  const write = async (): Promise<void> => {
    if (waiting.length > 0) await insert(statements, table, columns, waiting)
    waiting = []
    characters = 0
  }
  for (;;) {
    const { value: line, done } = await lines.next()
    if (done) throw new ArchiveError('It is cut off: its end is missing.')
    if (!line.startsWith('[')) {
      await write()
      const end = parseLine(line) as TableEnd
      if (end.end !== table.name || end.rows !== digest.rows || end.digest !== digest.end())
        throw new ArchiveError(`It is damaged: the rows of ${table.name} are not those that were written.`)
      await setCounter(statements, table, end.counter)
      return end.rows
    }
    digest.add(line)
    waiting.push(line)
    characters += line.length
    if (waiting.length >= AT_A_TIME || characters >= MAX_CHARACTERS) await write()
  }
}

async function insert(
  statements: Statements,
  { name, columns: known }: Table,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  const types = new Map(known.map((column) => [column.name, column.type]))
  const values = columns.map((column, index) => `(row->>${index})::${types.get(column)}`).join(', ')
  await statements.query(
    `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT ${values} FROM json_array_elements($1::json) AS rows(row)`,
    [`[${lines.join(',')}]`],
  )
}

async function setCounter(
  statements: Statements,
  { name, counter }: Table,
  last: string | null,
): Promise<void> {
  if (counter === null || last === null) return
  await statements.query(`SELECT setval(pg_get_serial_sequence($1, $2), $3)`, [quoted(name), counter, last])
}

function sameColumns({ columns }: Table, named: readonly string[]): boolean {
  return columns.length === named.length && columns.every(({ name }) => named.includes(name))
}
