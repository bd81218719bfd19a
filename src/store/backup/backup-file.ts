import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { AuditAction, AuditObject } from '../../audit/audit-entry.js'
import { theCommandLine } from '../../audit/caller.js'
import { differences } from '../../audit/differences.js'
import { AuditTrail } from '../audit-trail.js'
import { type Connection, createDataSource } from '../data-source.js'
import { migrate, type Statements } from '../database.js'
import { migrations } from '../migrations/index.js'
import { onClient } from '../on-client.js'
import { ArchiveError, asHeader, type Header } from './archive.js'
import { type BackedUpAccount, readAccounts, readMigrations } from './catalogue.js'
import { isEmpty, nextLine, restoreLines } from './read-backup.js'
import { type BackupCounts, backupLines } from './write-backup.js'

/** What is in a backup, or was brought back from one. */
export interface BackupContent {
  readonly accounts: readonly BackedUpAccount[]
  readonly counts: BackupCounts
}

/**
 * Writes all that is stored into one compressed file, as it is at one moment; whoever uses the database goes on. The file is
 * there whole or not at all, for its owner only.
 * @throws {ArchiveError} where the database is not the one that is meant: without tables, or the demo's where `demo` does not say so
 */
export async function writeBackup(
  connection: Connection,
  path: string,
  { version, now, demo }: { readonly version: string; readonly now: Date; readonly demo: boolean },
): Promise<BackupContent> {
  const counts: BackupCounts = new Map()
  const draft = `${path}.partial`
  try {
    const accounts = await onClient(connection, async (client) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      if ((await readMigrations(client)).length === 0)
        throw new ArchiveError('The database holds no tables of GiftPulse.')
      const watched = await accountsOf(client, demo)
      const lines = backupLines(client, { version, takenAt: now, counts })
      await pipeline(
        Readable.from(lines),
        createGzip(),
        createWriteStream(draft, { mode: 0o600, flush: true }),
      )
      await client.query('COMMIT')
      return watched
    })
    await rename(draft, path)
    return { accounts, counts }
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Fills an empty database from a backup, of this version or an older one: its tables are made as they were, filled, and brought up to
 * date. What is damaged leaves the database without a row.
 * @throws {ArchiveError} with what is wrong with the file or the database
 */
export async function restoreBackup(
  connection: Connection,
  path: string,
  { demo }: { readonly demo: boolean },
): Promise<BackupContent & { readonly header: Header }> {
  const lines = decompressed(path)
  try {
    const header = asHeader(await nextLine(lines))
    await makeTables(connection, header)
    const content = await onClient(connection, async (client) => {
      await client.query('BEGIN')
      const counts = await restoreLines(client, lines)
      const accounts = await accountsOf(client, demo)
      if (isUpToDate(header)) await noteRestore(client, header)
      await client.query('COMMIT')
      return { accounts, counts }
    })
    if (!isUpToDate(header)) {
      await bringUpToDate(connection)
      // There may have been no audit log to note it in before.
      await onClient(connection, (client) => noteRestore(client, header))
    }
    return { header, ...content }
  } finally {
    await lines.return(undefined)
  }
}

/** The accounts that are in the database, which has to hold what is meant. */
async function accountsOf(statements: Statements, demo: boolean): Promise<BackedUpAccount[]> {
  const accounts = await readAccounts(statements)
  if (accounts.some((account) => account.demo !== demo))
    throw new ArchiveError(
      demo
        ? 'It holds the records of a real account, not the demo: leave --demo out where they are meant.'
        : 'It holds the demo, not the records of a real account: add --demo where that is meant.',
    )
  return accounts
}

const isUpToDate = (header: Header): boolean => header.migrations.length === migrations.length

function noteRestore(statements: Statements, { takenAt, version }: Header): Promise<void> {
  return new AuditTrail(statements, theCommandLine).note({
    action: AuditAction.RESTORE,
    objectType: AuditObject.INSTALLATION,
    objectId: null,
    objectName: null,
    changes: differences(null, { takenAt, version }),
  })
}

/** As the migrations made them that had run when the backup was taken. */
async function makeTables(connection: Connection, { migrations: wanted }: Header): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name))
  if (wanted.some((name) => !known.has(name)))
    throw new ArchiveError('It was made by a newer version of GiftPulse: restore it with that one.')
  const ran = await onClient(connection, async (client) => {
    if (!(await isEmpty(client)))
      throw new ArchiveError('The database holds something already: restore into an empty one.')
    return readMigrations(client)
  })
  if (ran.some((name) => !wanted.includes(name)))
    throw new ArchiveError(
      'The tables of the database are newer than the backup: restore into a database without tables.',
    )
  await withMigrations(connection, wanted)
}

const bringUpToDate = (connection: Connection): Promise<void> =>
  withMigrations(
    connection,
    migrations.map(({ name }) => name),
  )

async function withMigrations(connection: Connection, names: readonly string[]): Promise<void> {
  const dataSource = createDataSource(
    connection,
    migrations.filter(({ name }) => names.includes(name)),
  )
  await dataSource.initialize()
  try {
    await migrate(dataSource)
  } finally {
    await dataSource.destroy()
  }
}

/** The lines of a compressed file. */
async function* decompressed(path: string): AsyncGenerator<string> {
  const source = createReadStream(path)
  const unzipped = createGunzip()
  // `pipe` does not pass failures on.
  source.on('error', (failure) => unzipped.destroy(failure))
  source.pipe(unzipped)
  let rest = ''
  try {
    for await (const chunk of unzipped.setEncoding('utf8')) {
      const parts = (rest + String(chunk)).split('\n')
      rest = parts.pop() ?? ''
      yield* parts
    }
  } catch (failure) {
    const code = (failure as NodeJS.ErrnoException).code ?? ''
    if (!code.startsWith('Z_')) throw failure
    throw new ArchiveError(
      code === 'Z_BUF_ERROR'
        ? 'It is cut off: its end is missing.'
        : 'It is no backup of GiftPulse, or it is damaged.',
    )
  } finally {
    source.destroy()
  }
}
