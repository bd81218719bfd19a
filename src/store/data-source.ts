import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm'
import { migrations } from './migrations/index.js'
import { rows } from './rows/index.js'

/** How `pg` reaches the server: a URL of a real one, or the options that the embedded one gives. */
export type Connection = { readonly url: string } | { readonly poolOptions: object }

/** How long a transaction may sit idle, in milliseconds: it frees the judge's lock of a holder that was stopped in its tracks. */
const IDLE_IN_TRANSACTION_MS = 10_000

/** How long a request waits for a connection, in milliseconds. */
const CONNECT_MS = 4_000

/**
 * A data source that never synchronizes: only migrations change tables.
 *
 * @param wanted the migrations that it may run; all of them unless told
 */
export function createDataSource(
  connection: Connection,
  wanted: readonly (new () => MigrationInterface)[] = migrations,
): DataSource {
  const shared = {
    type: 'postgres',
    entities: rows,
    migrations: [...wanted],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    logging: false,
  } satisfies Partial<DataSourceOptions>
  return 'url' in connection
    ? new DataSource({
        ...shared,
        url: connection.url,
        applicationName: 'giftpulse',
        connectTimeoutMS: CONNECT_MS,
        extra: { max: 20, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS, keepAlive: true },
      })
    : new DataSource({ ...shared, extra: { max: 10, ...connection.poolOptions } })
}
