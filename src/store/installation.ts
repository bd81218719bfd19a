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

/** The folder of the embedded database. The demo's records never mix with real ones. */
export function embeddedFolder({ dataDir, demo }: Pick<InstallationPlace, 'dataDir' | 'demo'>): string {
  return demo ? join(dataDir, 'demo', 'postgres') : join(dataDir, 'postgres')
}

/**
 * The database of an installation for a command that works on it past the API. An embedded one is taken for it alone.
 * @throws {DataDirInUseError} where the product runs on it
 */
export async function openInstallation(
  place: InstallationPlace,
): Promise<{ readonly connection: Connection; close(): Promise<void> }> {
  if (place.databaseUrl !== null) return { connection: { url: place.databaseUrl }, close: async () => {} }
  const release = await acquireDataDirLock(place.dataDir, { waitMs: 0 })
  try {
    const embedded = await openEmbeddedPostgres(embeddedFolder(place))
    return {
      connection: { poolOptions: embedded.poolOptions },
      close: async () => {
        await embedded.stop()
        await release()
      },
    }
  } catch (failure) {
    await release()
    throw failure
  }
}
