import { Client } from 'pg'
import { wrongAddressInWords } from './wrong-address.js'

/** Connects once; gives the server's version. Throws what `pg` throws, or in words what is wrong with the address. */
export async function probePostgres(url: string, timeoutMs: number): Promise<string> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: 'giftpulse doctor',
  })
  // A connection that breaks while it is closed must not end the process.
  client.on('error', () => undefined)
  await client.connect().catch((failure: unknown) => {
    const wrong = wrongAddressInWords(url, failure)
    throw wrong === null ? failure : new Error(wrong, { cause: failure })
  })
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? 'unknown'
  } finally {
    await client.end()
  }
}
