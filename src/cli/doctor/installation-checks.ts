import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config.js'
import { CONFIG_REMEDY } from '../../config/config-error.js'
import { type Check, failed, ok, skipped, warning } from './check.js'

const LEAST_NODE = [20, 19] as const

/** Of what does not need the configuration. */
export const nodeCheck: Check = {
  name: 'Node',
  run: async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const isNew = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])
    return isNew
      ? ok(process.versions.node)
      : failed(`${process.versions.node} is too old`, `Install Node ${LEAST_NODE.join('.')} or later.`)
  },
}

export const configurationCheck = (fault: string | null): Check => ({
  name: 'Configuration',
  run: async () => (fault === null ? ok('every setting makes sense') : failed(fault, CONFIG_REMEDY)),
})

/** What the start would only warn of. */
export const warningsCheck = ({ warnings }: Config): Check => ({
  name: 'Settings',
  run: async () =>
    warnings.length === 0
      ? ok('nothing is odd')
      : warning(warnings.join('; '), 'Look at these settings once more; a start takes them as they are.'),
})

export const dataDirectoryCheck = ({ dataDir, databaseUrl, apiKey, secretKey }: Config): Check => ({
  name: 'Data directory',
  run: async () => {
    if (databaseUrl !== null && apiKey !== null && secretKey !== null)
      return skipped('nothing is stored in it')
    const place = await nearestThere(dataDir)
    try {
      await access(place, constants.W_OK | constants.X_OK)
      return ok(`${dataDir} can be written`)
    } catch {
      return failed(`${place} cannot be written`, 'Give DATA_DIR a folder of the user that runs the product.')
    }
  },
})

/** The folder itself, or the first above it that is there: the start makes the rest. */
async function nearestThere(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  return isThere || dirname(path) === path ? path : nearestThere(dirname(path))
}
