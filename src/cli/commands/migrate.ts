import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { jsonOption } from '../command-options.js'
import { ExitCode } from '../exit-code.js'
import { readConfig } from '../read-config.js'
import { print, printJson } from '../terminal.js'

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .summary('bring the tables of DATABASE_URL up to date')
    .description(
      'Brings the tables of DATABASE_URL up to date and ends. Every start does the same; by itself it can run before them, once.',
    )
    .addOption(jsonOption())
    .action(async (options: { json?: boolean }) => {
      const { databaseUrl } = readConfig()
      if (databaseUrl === null)
        throw new CliError(
          'DATABASE_URL is not set.',
          ExitCode.USAGE,
          'The embedded database is brought up to date by each start.',
        )
      const { migrateDatabase } = await import('../../store/migrate-database.js')
      const ran = await migrateDatabase(databaseUrl).catch((failure: unknown) => {
        throw new CliError(`The tables could not be brought up to date: ${(failure as Error).message}`)
      })
      if (options.json) return printJson({ ran })
      await print(ran.length === 0 ? 'Nothing to do: the tables are up to date.' : `Ran ${ran.join(', ')}.`)
    })
}
