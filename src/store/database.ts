import { DataSource, type EntityManager } from 'typeorm'
import type { Client, Pool } from 'pg'
import type { Logger } from '../logger.js'
import { createDataSource, type Connection } from './data-source.js'
import { failureCode } from './failure-code.js'

/** Advisory locks of this product, by number. */
const JUDGE_LOCK = 7_201
const MIGRATION_LOCK = 7_202

/** How often a transaction is run at most when Postgres ends it as a deadlock's victim. */
const TRANSACTION_TRIES = 5

/** One statement's runner: the data source itself, or a transaction. */
export interface Statements {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>
}

/** A transaction under the judge's lock. */
export interface LockedStatements extends Statements {
  /** Commits what was written so far. The transaction goes on, still under the lock: nobody comes in between. */
  commit(): Promise<void>
}

/**
 * The session holds the lock while the transaction does not. In one message, so that whoever is stopped in its tracks is never idle
 * outside a transaction, where nothing would free the lock.
 */
const COMMIT_UNDER_LOCK = `SELECT pg_advisory_lock(${JUDGE_LOCK}); COMMIT; BEGIN;
  SELECT pg_advisory_xact_lock(${JUDGE_LOCK}); SELECT pg_advisory_unlock(${JUDGE_LOCK})`

/** Postgres as the stores use it: statements, transactions, and transactions under the judge's lock. */
export class Database implements Statements {
  private judgeTurn: Promise<void> = Promise.resolve()

  private readonly connections = new Set<Client>()

  private constructor(readonly dataSource: DataSource) {
    const { master } = dataSource.driver as unknown as { readonly master: Pool }
    master.on('acquire', (client) => void this.connections.add(client as Client))
    master.on('remove', (client) => void this.connections.delete(client as Client))
  }

  /** Connects and brings the tables up to date, one process at a time. Throws what `pg` throws while the server is away. */
  static async open(connection: Connection, logger: Logger): Promise<Database> {
    const dataSource = await createDataSource(connection).initialize()
    try {
      const ran = await migrate(dataSource)
      if (ran.length > 0) logger.info({ migrations: ran }, 'tables brought up to date')
      return new Database(dataSource)
    } catch (failure) {
      await dataSource.destroy()
      throw failure
    }
  }

  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return rowsOf(this.dataSource.query(sql, parameters))
  }

  /** `work` runs again after a deadlock, so it leaves nothing behind but rows. Never await anything but statements of `tx` inside: embedded, a transaction has the whole database to itself. */
  transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    return this.managed((manager) => work(statementsOf(manager)))
  }

  /** Statements that all take place or none: one by itself without the way there and back that begins and ends a transaction. */
  async inOneGo<Result>(steps: readonly ((tx: Statements) => Promise<Result>)[]): Promise<Result[]> {
    const [first] = steps
    if (!first) return []
    if (steps.length === 1) return [await asVictimAgain(() => first(this))]
    return this.transaction(async (tx) => {
      const results: Result[] = []
      for (const step of steps) results.push(await step(tx))
      return results
    })
  }

  /**
   * A transaction that only one holder in the whole cluster is in. Everything that writes the feed happens here, so that
   * positions rise in commit order, and it takes this lock before it touches a row, so that no two can block each other.
   */
  underJudgeLock<Result>(work: (tx: LockedStatements) => Promise<Result>): Promise<Result> {
    // Whoever waits in this process waits without a connection: a long batch must not leave the others none.
    const turn = this.judgeTurn.then(() =>
      this.managed(async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [JUDGE_LOCK])
        return work({ ...statementsOf(manager), commit: () => manager.query(COMMIT_UNDER_LOCK) })
      }),
    )
    this.judgeTurn = turn.then(ignore, ignore)
    return turn
  }

  /**
   * Breaks every connection, as if the network did: what waits on one fails, and what comes next connects anew. One that is ended in
   * order while nobody uses it would stay in the pool, and be given to whoever asks next.
   */
  breakConnections(): void {
    for (const client of this.connections) client.connection.stream.destroy()
    this.connections.clear()
  }

  close(): Promise<void> {
    return this.dataSource.destroy()
  }

  private managed<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return asVictimAgain(() => this.dataSource.transaction(work))
  }
}

const ignore = () => undefined

function statementsOf(manager: EntityManager): Statements {
  return { query: (sql, parameters) => rowsOf(manager.query(sql, parameters)) }
}

/** TypeORM answers `[rows, count]` for UPDATE and DELETE and plain rows for the rest: callers always get the rows. */
async function rowsOf<Row>(answer: Promise<unknown>): Promise<Row[]> {
  const result = (await answer) as unknown[]
  const isPair = result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number'
  return (isPair ? result[0] : result) as Row[]
}

/** Runs it again when Postgres ended it as a deadlock's victim. */
async function asVictimAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (failure) {
      if (tries >= TRANSACTION_TRIES || !isTransient(failure)) throw failure
    }
  }
}

/** Whether a transaction was ended by Postgres only because of what ran beside it: running it again is all it takes. */
function isTransient(failure: unknown): boolean {
  return ['40P01', '40001'].includes(failureCode(failure))
}

/** Runs what is left to run, one process at a time; gives the names of what ran. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner()
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    try {
      const ran = await dataSource.runMigrations()
      return ran.map((migration) => migration.name)
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK])
    }
  } finally {
    await runner.release()
  }
}
