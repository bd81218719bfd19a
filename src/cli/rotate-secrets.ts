import { createHandlers } from '../actions/index.js'
import { createOutboundHttp } from '../actions/outbound-http.js'
import { createSecretBox } from '../actions/secret-box.js'
import type { Config } from '../config.js'
import { beginKeyRotation, endKeyRotation, secretKeysOf } from '../data-keys.js'
import type { Database } from '../store/database.js'
import { type Rotation, StoredSecrets } from '../store/stored-secrets.js'

/** Encrypts every stored secret anew; an installation that made its key for itself gets a new one first. */
export async function rotateSecrets(
  config: Config,
  database: Database,
  options: { readonly giveUpUnreadable: boolean },
): Promise<Rotation> {
  const makesItsKey = config.secretKey === null
  if (makesItsKey) await beginKeyRotation(config.dataDir)
  const keys = await secretKeysOf(config)
  const http = createOutboundHttp({ allowPrivateNetworks: false })
  // Only to know where in a config secrets are: nothing is sent.
  const handlers = createHandlers({
    smtp: null,
    http,
    log: () => undefined,
    webhook: { timeoutSeconds: 1, retryAttempts: 0 },
    retryAttempts: 0,
    publicUrl: config.publicUrl,
    maskNumbers: true,
  })
  try {
    const secrets = createSecretBox(keys.current, keys.old)
    const rotation = await new StoredSecrets(database, { handlers, secrets }).rotate(options)
    const isDone = rotation.unreadable === 0 || options.giveUpUnreadable
    if (makesItsKey && isDone) await endKeyRotation(config.dataDir)
    return rotation
  } finally {
    await handlers.close()
    await http.close()
  }
}
