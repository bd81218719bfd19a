import type { Command } from 'commander'
import { jsonOption } from '../command-options.js'
import { CliError } from '../cli-error.js'
import { ExitCode } from '../exit-code.js'
import { onInstallation } from '../on-installation.js'
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
installation has made for itself is replaced by a new one. It works on the database itself: an embedded one must not be in use.
Killed at any moment it can be run again.`,
    )
    .option(
      '--give-up-unreadable',
      'let go of secrets that neither key opens: whoever needs them has to write them again',
    )
    .addOption(jsonOption())
    .action(async ({ json, giveUpUnreadable = false }: { json?: boolean; giveUpUnreadable?: boolean }) => {
      const rotation = await onInstallation(async ({ config, database }) => {
        const { rotateSecrets } = await import('../rotate-secrets.js')
        return rotateSecrets(config, database, { giveUpUnreadable })
      })
      if (json) await printJson(rotation)
      else await print(inWords(rotation))
      if (rotation.unreadable > 0 && !giveUpUnreadable)
        throw new CliError(
          `${rotation.unreadable} secrets are encrypted with another key.`,
          ExitCode.FAILURE,
          'Give that key as SECRET_KEY_OLD and run it again; where it is lost, add --give-up-unreadable.',
        )
    })
}

function inWords({ actions, receivers }: { actions: number; receivers: number }): string {
  if (actions + receivers === 0) return 'Nothing to do: every secret is encrypted with SECRET_KEY.'
  return `Encrypted anew: the secrets of ${actions} actions and ${receivers} receivers.`
}
