import { Client } from 'pg'
import type { Connection } from './data-source.js'
import type { Statements } from './database.js'

/** Lets `work` have a connection of its own, past TypeORM and whatever tables there are. */
export async function onClient<Result>(
  connection: Connection,
  work: (statements: Statements) => Promise<Result>,
): Promise<Result> {
  const reached = 'url' in connection ? { connectionString: connection.url } : connection.poolOptions
  const client = new Client(reached)
  await client.connect()
  try {
    // So that times are written, and read, the same whatever the server is set to.
    await client.query(`SET TIME ZONE 'UTC'`)
    return await work({
      query: async <Row>(sql: string, parameters?: unknown[]) =>
        (await client.query(sql, parameters)).rows as Row[],
    })
  } finally {
    await client.end()
  }
}
