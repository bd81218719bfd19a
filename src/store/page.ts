import type { Conditions } from './conditions.js'
import type { Statements } from './database.js'

/** Where a page begins: after this row, newest first. */
export interface PageKey {
  readonly at: Date
  readonly id: string
}

export interface PageRequest {
  /** How many rows at most. */
  readonly first: number
  /** null = from the newest. */
  readonly after: PageKey | null
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasNextPage: boolean
}

/** What is read from one table. */
export interface Listing {
  readonly table: string
  /** `column AS "name", …` */
  readonly columns: string
  /** The column that pages are ordered by, newest first; the id settles ties. */
  readonly order: string
}

/** Rows are counted to this number only: it then means "more". */
export const COUNTED = 10_001

/** One page by keyset: its cost does not grow with how far back it lies. `where` is used up by it. */
export async function readPage<Row>(
  statements: Statements,
  { table, columns, order }: Listing,
  where: Conditions,
  { first, after }: PageRequest,
): Promise<Page<Row>> {
  if (after)
    where.and(`(${order}, id) < (${where.bind(after.at)}::timestamptz, ${where.bind(after.id)}::uuid)`)
  const rows = await statements.query<Row>(
    `SELECT ${columns} FROM ${table}${where.toSql()} ORDER BY ${order} DESC, id DESC LIMIT ${where.bind(first + 1)}`,
    where.parameters,
  )
  return toPage(rows, first)
}

/** Of rows read one further than the page. */
export function toPage<Row>(rows: readonly Row[], first: number): Page<Row> {
  return { rows: rows.slice(0, first), hasNextPage: rows.length > first }
}

/** How many rows there are, exactly up to 10,000; 10,001 means more. */
export async function countRows(statements: Statements, table: string, where: Conditions): Promise<number> {
  const [row] = await statements.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${table}${where.toSql()} LIMIT ${COUNTED}) AS counted`,
    where.parameters,
  )
  return row!.count
}

/** Rows as they stand under their ids. */
export function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}
