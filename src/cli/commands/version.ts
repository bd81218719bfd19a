import type { Command } from 'commander'
import { version } from '../../version.js'
import { jsonOption } from '../command-options.js'
import { print, printJson } from '../terminal.js'

export function addVersionCommand(program: Command): void {
  program
    .command('version')
    .summary('print the version')
    .description('Prints the version of this program, and with --json that of Node too.')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) =>
      options.json ? printJson({ version, node: process.versions.node }) : print(version),
    )
}
