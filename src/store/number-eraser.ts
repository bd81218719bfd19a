import { randomBytes } from 'node:crypto'
import { AuditAction, AuditObject } from '../audit/audit-entry.js'
import type { Caller } from '../audit/caller.js'
import { differences } from '../audit/differences.js'
import type { Erased, NumberEraser } from '../commands/erase-command.js'
import { maskNumber } from '../privacy/mask-numbers.js'
import type { NumberPattern } from '../sources/number-pattern.js'
import { AuditTrail } from './audit-trail.js'
import type { Database, Statements } from './database.js'

/** What stands in the place of an erased number. */
const ERASED = '(erased)'

/** Rows rewritten in one transaction: between two of them everybody else gets their turn. */
const AT_A_TIME = 200

/** Neither holds whole numbers: the one masks what it notes, the other says which migrations ran. */
const LEFT_OUT = ['audit_log', 'migrations']

interface Table {
  readonly name: string
  /** Its columns that hold text. */
  readonly texts: readonly string[]
  /** Its columns that hold JSON. */
  readonly documents: readonly string[]
}

/**
 * Takes a phone number out of every text and JSON column of every table, whichever these are: a new one is never forgotten. Rows stay,
 * so counts do.
 */
export class PostgresNumberEraser implements NumberEraser {
  constructor(
    private readonly database: Database,
    private readonly caller: Caller,
  ) {}

  async erase(pattern: NumberPattern): Promise<Erased> {
    const rewriter = new Rewriter(pattern)
    await this.stopRulesAbout(pattern)
    let rows = 0
    for (const table of await this.tables())
      for (let done = AT_A_TIME; done === AT_A_TIME; rows += done)
        done = await this.database.transaction((tx) => rewriteSome(tx, table, pattern, rewriter))
    const number = maskNumber(pattern.number)
    await new AuditTrail(this.database, this.caller).note({
      action: AuditAction.ERASE,
      objectType: AuditObject.NUMBER,
      objectId: null,
      objectName: number,
      changes: differences(null, { rows }),
    })
    return { number, rows }
  }

  /** A rule that looks for the number would look for something else from now on. */
  private async stopRulesAbout({ expression }: NumberPattern): Promise<void> {
    await this.database.underJudgeLock(async (tx) => {
      await tx.query(`UPDATE rules SET enabled = false WHERE pattern_value ~* $1`, [expression])
      await tx.query(`UPDATE system_state SET rule_revision = rule_revision + 1`)
    })
  }

  private async tables(): Promise<Table[]> {
    const columns = await this.database.query<{ name: string; column: string; type: string }>(
      `SELECT format('%I.%I', c.table_schema, c.table_name) AS name, format('%I', c.column_name) AS column, c.data_type AS type
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
          AND c.data_type IN ('text', 'character varying', 'json', 'jsonb') AND c.table_name <> ALL($1)
        ORDER BY 1, c.ordinal_position`,
      [LEFT_OUT],
    )
    const names = [...new Set(columns.map(({ name }) => name))]
    return names.map((name) => {
      const own = columns.filter((column) => column.name === name)
      const isDocument = ({ type }: { type: string }) => type.startsWith('json')
      return {
        name,
        texts: own.filter((column) => !isDocument(column)).map(({ column }) => column),
        documents: own.filter(isDocument).map(({ column }) => column),
      }
    })
  }
}

/** Answers how many rows held the number. */
async function rewriteSome(
  tx: Statements,
  { name, texts, documents }: Table,
  { expression }: NumberPattern,
  rewriter: Rewriter,
): Promise<number> {
  const columns = [...texts, ...documents]
  const holds = columns.map((column) => `${column}::text ~* $1`).join(' OR ')
  const rows = await tx.query<{ place: string; values: (string | null)[] }>(
    `SELECT ctid::text AS place, ARRAY[${columns.map((column) => `${column}::text`).join(', ')}] AS values
       FROM ${name} WHERE ${holds} LIMIT ${AT_A_TIME} FOR UPDATE`,
    [expression],
  )
  for (const { place, values } of rows) {
    const rewritten = values.map((value, index) =>
      value === null ? null : index < texts.length ? rewriter.text(value) : rewriter.document(value),
    )
    // Otherwise it would be found again and again.
    if (rewritten.every((value, index) => value === values[index]))
      throw new Error(`the number could not be taken out of a row of ${name}`)
    const sets = columns.map((column, index) => `${column} = $${index + 2}`).join(', ')
    await tx.query(`UPDATE ${name} SET ${sets} WHERE ctid = $1::tid`, [place, ...rewritten])
  }
  return rows.length
}

class Rewriter {
  private readonly expression: RegExp
  /** Ids made of the number must stay different from each other, and the same wherever they stand. */
  private readonly ids = new Map<string, string>()

  constructor({ expression }: NumberPattern) {
    this.expression = new RegExp(expression, 'gi')
  }

  text(text: string): string {
    // The SID of a custom log, which tables refer to it by, may have been made of the number.
    if (text.startsWith('custom:')) return text.replaceAll(this.expression, (found) => this.idFor(found))
    return text.replaceAll(this.expression, ERASED)
  }

  document(json: string): string {
    return JSON.stringify(this.value(JSON.parse(json)))
  }

  private value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'number') return String(value).search(this.expression) < 0 ? value : ERASED
    if (Array.isArray(value)) return value.map((item) => this.value(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.text(key), this.value(inner)]),
    )
  }

  private idFor(found: string): string {
    const known = this.ids.get(found) ?? `(erased-${randomBytes(6).toString('hex')})`
    this.ids.set(found, known)
    return known
  }
}
