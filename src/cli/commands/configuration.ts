import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { variablesIn } from '../../commands/configuration/references.js'
import { writeObjectFile } from '../../config/object-files.js'
import { openApi } from '../api.js'
import { type ApplyOptions, applyFiles } from '../apply-files.js'
import { CliError } from '../cli-error.js'
import { jsonOption, withConnection } from '../command-options.js'
import type { ConnectionOptions } from '../connection.js'
import { ExitCode } from '../exit-code.js'
import { readGivenFiles } from '../object-files-on-disk.js'
import { differs, showChanges } from '../show-changes.js'
import { note, print, printJson } from '../terminal.js'

const PATH = 'a file, or a folder of .yaml, .yml and .json files (default: giftpulse.yaml)'

interface FileOptions extends ConnectionOptions, ApplyOptions {
  readonly json?: boolean
}

/** Configuration as code: `diff`, `apply` and `export`. */
export function addConfigurationCommands(program: Command): void {
  withFiles(program.command('diff'))
    .summary('show what apply would do')
    .description('Shows what apply would create, change and delete. Writes nothing.')
    .option('--exit-code', 'end with 3 where anything differs')
    .action(async (path: string | undefined, options: FileOptions & { exitCode?: boolean }) => {
      const files = readGivenFiles(path)
      const applied = await applyFiles(openApi(options), files, options, true)
      if (options.json) await printJson(applied)
      else await showChanges(applied, false)
      if (options.exitCode && differs(applied)) process.exitCode = ExitCode.DIFFERENCES
    })

  withFiles(program.command('apply'))
    .summary('make what files say stand')
    .description(
      'Makes what the files say stand, in one transaction: creates what is missing, changes what differs, and with --as or --prune deletes what these files managed and have no longer. What they name refuses edits by the API from then on.',
    )
    .option('--release', 'give what the files name back: the API may edit it again')
    .action(async (path: string | undefined, options: FileOptions) => {
      const files = readGivenFiles(path)
      const applied = await applyFiles(openApi(options), files, options, false)
      if (options.json) await printJson(applied)
      else await showChanges(applied, true)
    })

  withConnection(program.command('export'))
    .summary('print what stands as a file')
    .description(
      'Prints what stands as a file for apply. Secrets are references to variables; which ones, it says beside the output.',
    )
    .option('-o, --output <file>', 'write it into this file')
    .option('--force', 'write over a file that is there')
    .addOption(jsonOption())
    .action(async (options: ConnectionOptions & { output?: string; force?: boolean; json?: boolean }) => {
      const { configuration } = await openApi(options).request<{ configuration: object }>('{ configuration }')
      const text = options.json
        ? `${JSON.stringify(configuration, null, 2)}\n`
        : writeObjectFile(configuration)
      if (options.output === undefined) await print(text.trimEnd())
      else writeText(options.output, text, options.force ?? false)
      const variables = variablesIn(configuration)
      if (variables.length > 0) note(`Before apply set ${variables.join(', ')}.`)
    })
}

function withFiles(command: Command): Command {
  return withConnection(command.argument('[path]', PATH))
    .option(
      '--as <name>',
      'the name of the files, shown to whoever tries to edit what they manage (default: that of the path)',
    )
    .option('--prune', 'delete what these files managed and have no longer (default with --as)')
    .option('--no-prune', 'keep what these files managed and have no longer (default without --as)')
    .option('--prune-all', 'delete it even where these files have nothing of it at all')
    .option('--keep-secrets', 'keep the stored secrets whose variables are not set')
    .addOption(jsonOption())
}

function writeText(path: string, text: string, overwrite: boolean): void {
  try {
    writeFileSync(path, text, { flag: overwrite ? 'w' : 'wx' })
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST')
      throw new CliError(
        `${path} is there already.`,
        ExitCode.USAGE,
        'Name another, or replace all that is in it, settings too, with --force.',
      )
    throw new CliError(`${path} cannot be written: ${(failure as Error).message}`)
  }
}
