import { createHandlers } from '../actions/index.js'
import { createOutboundHttp } from '../actions/outbound-http.js'
import { createSecretBox } from '../actions/secret-box.js'
import type { Config } from '../config.js'
import { beginKeyRotation, endKeyRotation, secretKeysOf } from '../data-keys.js'
import { createLogger } from '../logger.js'
import { Database } from '../store/database.js'
import {
  holdInstallation,
  type InstallationPlace,
  nameOfPlace,
  openPlace,
  placesOfOneKey,
} from '../store/installation.js'
import { type Rotation, StoredSecrets } from '../store/stored-secrets.js'
import { CliError } from './cli-error.js'

/** What came of one database. */
export interface DatabaseRotation extends Rotation {
  readonly database: string
}

/**
 * Encrypts anew every stored secret of every database that the key is for; an installation that made its key for itself gets a new
 * one first. The key of before is kept until none of them needs it.
 */
export async function rotateSecrets(
  config: Config,
  options: { readonly giveUpUnreadable: boolean },
): Promise<DatabaseRotation[]> {
  const release = await holdInstallation(config)
  try {
    const places = await placesOfOneKey(config)
    if (places.length === 0)
      throw new CliError(
        `There is no database in ${config.dataDir}.`,
        undefined,
        'Run it with the DATA_DIR or the DATABASE_URL of the product.',
      )
    const makesItsKey = config.secretKey === null
    if (makesItsKey) await beginKeyRotation(config.dataDir)
    const rotated = await rotateAll(config, places, options)
    const isDone = rotated.every(
      ({ unreadable, foundLater }) => foundLater === 0 && (unreadable === 0 || options.giveUpUnreadable),
    )
    if (makesItsKey && isDone) await endKeyRotation(config.dataDir)
    return rotated
  } finally {
    await release()
  }
}

async function rotateAll(
  config: Config,
  places: readonly InstallationPlace[],
  options: { readonly giveUpUnreadable: boolean },
): Promise<DatabaseRotation[]> {
  const { current, old } = await secretKeysOf(config)
  const secrets = createSecretBox(current, old)
  const http = createOutboundHttp({ allowPrivateNetworks: false })
  // Only to know where in a config secrets are: nothing is sent.
  const handlers = createHandlers({
    smtp: null,
    http,
    log: () => undefined,
    webhook: { timeoutSeconds: 1, retryAttempts: 0 },
    retryAttempts: 0,
    publicUrl: config.publicUrl,
    demo: config.demo,
    maskNumbers: true,
  })
  try {
    const rotated: DatabaseRotation[] = []
    for (const place of places) {
      const rotation = await onPlace(place, (database) =>
        new StoredSecrets(database, { handlers, secrets }).rotate(options),
      )
      rotated.push({ database: nameOfPlace(place), ...rotation })
    }
    return rotated
  } finally {
    await handlers.close()
    await http.close()
  }
}

/** Its tables brought up to date. */
async function onPlace<Result>(
  place: InstallationPlace,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { connection, close } = await openPlace(place)
  try {
    const database = await Database.open(connection, await createLogger({ level: 'silent' }))
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  } finally {
    await close()
  }
}
