import { getMetadataArgsStorage } from 'typeorm'
import { rows } from '../rows/index.js'
import type { Statements } from '../database.js'

export interface Column {
  readonly name: string
  /** As PostgreSQL writes it, such as `timestamp with time zone` or `text[]`. */
  readonly type: string
}

/** A table as it is there, in whichever version. */
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** The columns of its primary key, in their order. */
  readonly key: readonly Column[]
  /** The column that counts up by itself; null where none does. */
  readonly counter: string | null
}

/** The tables of the product that the database has; not those in which jobs are kept, which are made again by themselves. */
export async function readTables(statements: Statements): Promise<Table[]> {
  const names = getMetadataArgsStorage()
    .tables.filter(({ target }) => (rows as readonly unknown[]).includes(target))
    .flatMap(({ name }) => name ?? [])
  const columns = await statements.query<
    Column & { table: string; isCounter: boolean; keyPlace: number | null }
  >(
    `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
            a.attidentity <> '' AS "isCounter", array_position(k.conkey, a.attnum) AS "keyPlace"
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY($1)
      ORDER BY c.relname, a.attnum`,
    [names],
  )
  return [...new Set(columns.map(({ table }) => table))].map((name) => {
    const own = columns.filter(({ table }) => table === name)
    const key = own
      .filter(({ keyPlace }) => keyPlace !== null)
      .sort((one, other) => one.keyPlace! - other.keyPlace!)
    if (key.length === 0) throw new Error(`the table ${name} has no primary key to read it by`)
    return {
      name,
      columns: own.map(plain),
      key: key.map(plain),
      counter: own.find(({ isCounter }) => isCounter)?.name ?? null,
    }
  })
}

/** The names of the migrations that have run, oldest first; none where there are no tables yet. */
export async function readMigrations(statements: Statements): Promise<string[]> {
  const [there] = await statements.query<{ there: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS there`,
  )
  if (!there?.there) return []
  const ran = await statements.query<{ name: string }>(`SELECT name FROM migrations ORDER BY id`)
  return ran.map(({ name }) => name)
}

/** An account that the database has watched. */
export interface BackedUpAccount {
  readonly sid: string
  readonly demo: boolean
}

export function readAccounts(statements: Statements): Promise<BackedUpAccount[]> {
  return statements.query(`SELECT sid, demo FROM accounts ORDER BY created_at, sid`)
}

const plain = ({ name, type }: Column): Column => ({ name, type })
