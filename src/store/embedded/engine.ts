import { cpSync, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Engine } from './multiplexer.js'

/** A new database with its tables: the build leaves it here, since to make one takes twenty times as long as to copy it. */
const newDatabase = fileURLToPath(new URL('./new-database', import.meta.url))

// Protocol 3.0, then names and values, then an empty name; see "StartupMessage" in PostgreSQL's message formats.
const startupBody = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')

/** The database in a folder, made if there is none. One process at a time may have it open: PGlite does not check. */
export async function openEngine(dataDir: string): Promise<Engine & { close(): Promise<void> }> {
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(dataDir)
  const database = await PGlite.create({ dataDir })
  const run = (messages: Uint8Array, onData: (chunk: Uint8Array) => void) =>
    database.execProtocolRawStream(messages, { onRawData: onData })
  return { greeting: await greet(run), run, close: () => database.close() }
}

/** Built beside its place and moved there when complete: a kill halfway leaves nothing that looks like a database. */
async function initialise(dataDir: string): Promise<void> {
  const fresh = `${dataDir}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(dirname(dataDir), { recursive: true })
  // At once: this thread has nothing else to do, and a thousand files by promises take twice the processor's time.
  if (existsSync(newDatabase)) cpSync(newDatabase, fresh, { recursive: true })
  else await (await PGlite.create({ dataDir: fresh })).close()
  await rename(fresh, dataDir)
}

/** Recorded once and given to every client, so that connecting never waits for another client's transaction. */
async function greet(run: Engine['run']): Promise<Uint8Array> {
  const length = Buffer.alloc(4)
  length.writeInt32BE(startupBody.length + 4)
  const chunks: Buffer[] = []
  await run(Buffer.concat([length, startupBody]), (chunk) => chunks.push(Buffer.from(chunk)))
  return Buffer.concat(chunks)
}
