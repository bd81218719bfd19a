import type { Command } from 'commander'
import { messageOf } from '../../errors.js'
import { jsonOption } from '../command-options.js'
import { CliError } from '../cli-error.js'
import { ExitCode } from '../exit-code.js'
import { readConfig } from '../read-config.js'
import type { DatabaseRotation } from '../rotate-secrets.js'
import { print, printJson } from '../terminal.js'

export function addSecretCommands(program: Command): void {
  const secrets = program
    .command('secrets')
    .summary('encrypt what is stored with a new key')
    .description('The secrets that the database keeps, encrypted with SECRET_KEY.')

  secrets
    .command('rotate')
    .description(
      `Encrypts every stored secret with SECRET_KEY; SECRET_KEY_OLD opens what was encrypted before. The key that an embedded
installation has made for itself is replaced by a new one, and all databases of DATA_DIR, the demo's too, are encrypted with it.
It works on them itself: embedded ones must not be in use. Killed at any moment it can be run again.`,
    )
    .option(
      '--give-up-unreadable',
      'let go of secrets that neither key opens: whoever needs them has to write them again',
    )
    .addOption(jsonOption())
    .action(async ({ json, giveUpUnreadable = false }: { json?: boolean; giveUpUnreadable?: boolean }) => {
      const config = readConfig()
      const { rotateSecrets } = await import('../rotate-secrets.js')
      const databases = await rotateSecrets(config, { giveUpUnreadable }).catch(refuse)
      const sum = (of: (one: DatabaseRotation) => number) =>
        databases.reduce((total, one) => total + of(one), 0)
      const unreadable = sum((one) => one.unreadable)
      if (json)
        await printJson({
          actions: sum((one) => one.actions),
          receivers: sum((one) => one.receivers),
          unreadable,
          databases,
        })
      else for (const one of databases) await print(inWords(one))
      if (sum((one) => one.foundLater) > 0)
        throw new CliError(
          'Somebody encrypted secrets with the key of before while this ran.',
          ExitCode.FAILURE,
          'Restart every process with SECRET_KEY and SECRET_KEY_OLD as they are here, and run it again.',
        )
      if (unreadable > 0 && !giveUpUnreadable)
        throw new CliError(
          `${unreadable} secrets are encrypted with another key.`,
          ExitCode.FAILURE,
          'Give that key as SECRET_KEY_OLD and run it again; where it is lost, add --give-up-unreadable.',
        )
    })
}

function inWords({ database, actions, receivers }: DatabaseRotation): string {
  if (actions + receivers === 0)
    return `${database}: nothing to do, every secret is encrypted with the newest key.`
  return `${database}: encrypted anew the secrets of ${actions} actions and ${receivers} receivers.`
}

function refuse(failure: unknown): never {
  if (failure instanceof CliError) throw failure
  throw new CliError(`The database cannot be used: ${messageOf(failure)}`)
}
