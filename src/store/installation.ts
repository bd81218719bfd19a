import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from './data-source.js'
import { acquireDataDirLock } from './embedded/data-dir-lock.js'
import { openEmbeddedPostgres } from './embedded/embedded-postgres.js'

/** Where an installation keeps what it stores. */
export interface InstallationPlace {
  /** null: the embedded database. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly demo: boolean
}

/** A database of an installation that is open. */
export interface OpenedPlace {
  readonly connection: Connection
  close(): Promise<void>
}

/** The folder of the embedded database. The demo's records never mix with real ones. */
export function embeddedFolder({ dataDir, demo }: Pick<InstallationPlace, 'dataDir' | 'demo'>): string {
  return demo ? join(dataDir, 'demo', 'postgres') : join(dataDir, 'postgres')
}

/** Which database it is, as people know it: a folder, or an address without user and password. */
export function nameOfPlace(place: InstallationPlace): string {
  if (place.databaseUrl === null) return embeddedFolder(place)
  const { protocol, host, pathname } = new URL(place.databaseUrl)
  return `${protocol}//${host}${pathname}`
}

/** Whether there is a database; of a server that is known once it is connected to. */
export async function isThere(place: InstallationPlace): Promise<boolean> {
  if (place.databaseUrl !== null) return true
  return access(join(embeddedFolder(place), 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

/**
 * Every database whose secrets one SECRET_KEY encrypts: that of the server, or all that lie in the data directory, whichever of them
 * a start would use now.
 */
export async function placesOfOneKey(place: InstallationPlace): Promise<InstallationPlace[]> {
  if (place.databaseUrl !== null) return [place]
  const embedded = [false, true].map((demo) => ({ ...place, demo }))
  const areThere = await Promise.all(embedded.map(isThere))
  return embedded.filter((_, index) => areThere[index])
}

/**
 * Keeps every other process off the embedded databases until the answer is called; a server is shared with whoever uses it.
 * @throws {DataDirInUseError} where the product runs on them
 */
export async function holdInstallation({
  databaseUrl,
  dataDir,
}: Pick<InstallationPlace, 'databaseUrl' | 'dataDir'>): Promise<() => Promise<void>> {
  return databaseUrl === null ? acquireDataDirLock(dataDir, { waitMs: 0 }) : async () => {}
}

/** The database of an installation that is held. An embedded one is made where there is none. */
export async function openPlace(place: InstallationPlace): Promise<OpenedPlace> {
  if (place.databaseUrl !== null) return { connection: { url: place.databaseUrl }, close: async () => {} }
  const embedded = await openEmbeddedPostgres(embeddedFolder(place))
  return { connection: { poolOptions: embedded.poolOptions }, close: () => embedded.stop() }
}

/**
 * The database of an installation for a command that works on it past the API. An embedded one is taken for it alone.
 * @throws {DataDirInUseError} where the product runs on it
 */
export async function openInstallation(place: InstallationPlace): Promise<OpenedPlace> {
  const release = await holdInstallation(place)
  try {
    const { connection, close } = await openPlace(place)
    return { connection, close: () => close().finally(release) }
  } catch (failure) {
    await release()
    throw failure
  }
}
