import { Pool } from 'pg'
import type { Connection } from './data-source.js'

/** How long a connection may take to be made, in milliseconds. */
const CONNECT_MS = 3_000

/** A small pool of its own on the same database, for a library that wants one. Whoever opens it ends it. */
export function openPool(connection: Connection): Pool {
  const reached = 'url' in connection ? { connectionString: connection.url } : connection.poolOptions
  return new Pool({ max: 4, connectionTimeoutMillis: CONNECT_MS, keepAlive: true, ...reached })
}
