import { ConflictError } from '../errors.js'
import type { NumberRemover } from '../privacy/number-remover.js'
import type { NumberPattern } from '../sources/number-pattern.js'
import type { Database, Statements } from './database.js'

/** Blocks of a table looked through in one transaction: between two of them everybody else gets their turn, embedded too. */
const BLOCKS = 32

/** Rounds until it is given up: by then somebody keeps writing it in a way that is not recognized where it comes in. */
const MOST_ROUNDS = 20

/** Neither holds numbers: the one knows erased ones by digests only, the other says which migrations ran. */
const LEFT_OUT = ['erased_numbers', 'migrations']

/** What others are made of comes first. */
const FIRST = ['logs', 'log_transitions', 'inbox', 'rules']

/** Columns that hold digests of what else is in the row: whoever knows that could try out every number. */
const digests: Readonly<Record<string, string>> = {
  logs: 'content_hash',
  inbox: 'idempotency_id',
  unreadable_records: 'digest',
}

/** What may change of an entry of the audit log, and only by erasing. */
const ERASABLE_OF_AUDIT = ['actor_name', 'object_name', 'changes', 'request_id']

interface Table {
  readonly name: string
  /** Its columns that hold text. */
  readonly texts: readonly string[]
  /** Its columns that hold JSON. */
  readonly documents: readonly string[]
}

/**
 * Takes a phone number out of every text and JSON column of every table, whichever these are: a new one is never forgotten. Rows stay,
 * so counts do. What is made meanwhile of a row that still held it is found in the next round.
 */
export class NumberSweep {
  constructor(private readonly database: Database) {}

  /** Answers of how many rows it was taken out here; another sweep may have found some of them first. */
  async run({ expression }: NumberPattern, remover: NumberRemover): Promise<number> {
    const tables = await readTables(this.database)
    for (let rows = 0, round = 1; ; round += 1) {
      await this.letJudgeEnd()
      let found = 0
      for (const table of tables) found += await this.sweep(table, expression, remover)
      rows += found
      if (found === 0) return rows
      if (round === MOST_ROUNDS)
        throw new ConflictError('The number is still being written; erase it again later.')
    }
  }

  /** What was being judged is stored then, and rules are read anew before anything else is: their names may have held it. */
  private async letJudgeEnd(): Promise<void> {
    await this.database.underJudgeLock((tx) =>
      tx.query(`UPDATE system_state SET rule_revision = rule_revision + 1`),
    )
  }

  private async sweep(table: Table, expression: string, remover: NumberRemover): Promise<number> {
    const [size] = await this.database.query<{ blocks: number }>(
      `SELECT ceil(pg_relation_size($1::regclass)::numeric / current_setting('block_size')::int)::int AS blocks`,
      [table.name],
    )
    let found = 0
    for (let block = 0; block < (size?.blocks ?? 0); block += BLOCKS)
      found += await this.database.transaction((tx) => rewriteBlocks(tx, table, block, expression, remover))
    return found
  }
}

async function readTables(statements: Statements): Promise<Table[]> {
  const columns = await statements.query<{ name: string; column: string; isDocument: boolean }>(
    `SELECT format('%I', c.table_name) AS name, format('%I', c.column_name) AS column, c.data_type IN ('json', 'jsonb') AS "isDocument"
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
        AND c.data_type IN ('text', 'character varying', 'json', 'jsonb') AND c.table_name <> ALL($1)
        AND (c.table_name <> 'audit_log' OR c.column_name = ANY($2))
      ORDER BY array_position($3::text[], c.table_name::text), c.table_name, c.ordinal_position`,
    [LEFT_OUT, ERASABLE_OF_AUDIT, FIRST],
  )
  return [...new Set(columns.map(({ name }) => name))].map((name) => {
    const own = columns.filter((column) => column.name === name && column.column !== digests[name])
    return {
      name,
      texts: own.filter(({ isDocument }) => !isDocument).map(({ column }) => column),
      documents: own.filter(({ isDocument }) => isDocument).map(({ column }) => column),
    }
  })
}

/** Answers how many rows of these blocks held the number. */
async function rewriteBlocks(
  tx: Statements,
  { name, texts, documents }: Table,
  block: number,
  expression: string,
  remover: NumberRemover,
): Promise<number> {
  const columns = [...texts, ...documents]
  const holds = columns.map((column) => `${column}::text ~* $1`).join(' OR ')
  const rows = await tx.query<{ place: string; values: (string | null)[] }>(
    `SELECT ctid::text AS place, ARRAY[${columns.map((column) => `${column}::text`).join(', ')}] AS values
       FROM ${name} WHERE ctid >= $2::tid AND ctid < $3::tid AND (${holds}) FOR UPDATE`,
    [expression, `(${block},0)`, `(${block + BLOCKS},0)`],
  )
  if (rows.length > 0) await tx.query(`SELECT set_config('giftpulse.erasing', 'on', true)`)
  for (const { place, values } of rows) {
    // What else is in a row that is called by the number may be the same id.
    const asId = values.some((value) => remover.names(value)) ? true : undefined
    const rewritten = values.map((value, index) =>
      value === null ? null : index < texts.length ? remover.text(value, asId) : remover.json(value, asId),
    )
    // Otherwise it would be found again and again.
    if (rewritten.every((value, index) => value === values[index]))
      throw new Error(`the number could not be taken out of a row of ${name}`)
    const sets = columns.map((column, index) => `${column} = $${index + 2}`)
    const digest = digests[name] === undefined ? [] : [`${digests[name]} = 'erased ' || gen_random_uuid()`]
    await tx.query(`UPDATE ${name} SET ${[...sets, ...digest].join(', ')} WHERE ctid = $1::tid`, [
      place,
      ...rewritten,
    ])
  }
  return rows.length
}
