import type { Config } from '../config.js'
import { messageOf } from '../errors.js'
import { createLogger } from '../logger.js'
import type { Database } from '../store/database.js'
import { CliError } from './cli-error.js'
import { readConfig } from './read-config.js'

/** What a command has at hand that works on the database itself. */
export interface Installation {
  readonly config: Config
  readonly database: Database
}

/**
 * Runs `work` on the database that a start would use, its tables brought up to date.
 * @throws {CliError} where it cannot be reached, or is embedded and in use
 */
export async function onInstallation<Result>(
  work: (installation: Installation) => Promise<Result>,
): Promise<Result> {
  const config = readConfig()
  const { openInstallation } = await import('../store/installation.js')
  const { Database } = await import('../store/database.js')
  const opened = await openInstallation(config).catch(refuse)
  try {
    const database = await Database.open(opened.connection, await createLogger({ level: 'silent' })).catch(
      refuse,
    )
    try {
      return await work({ config, database })
    } finally {
      await database.close()
    }
  } finally {
    await opened.close()
  }
}

function refuse(failure: unknown): never {
  throw new CliError(`The database cannot be used: ${messageOf(failure)}`)
}
