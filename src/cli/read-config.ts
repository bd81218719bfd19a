import { readFileSync } from 'node:fs'
import { type Config, loadConfig } from '../config.js'
import { CONFIG_REMEDY } from '../config/config-error.js'
import { messageOf } from '../errors.js'
import { CliError } from './cli-error.js'
import { ExitCode } from './exit-code.js'

/**
 * The whole configuration, as a start would read it.
 * @throws {CliError} with every fault
 */
export function readConfig(): Config {
  try {
    return loadConfig(process.env, (path) => readFileSync(path, 'utf8'), process.cwd())
  } catch (failure) {
    throw new CliError(messageOf(failure), ExitCode.FAILURE, CONFIG_REMEDY)
  }
}
