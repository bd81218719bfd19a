import type { Command } from 'commander'
import { messageOf } from '../../errors.js'
import { version } from '../../version.js'
import { CliError } from '../cli-error.js'
import { jsonOption } from '../command-options.js'
import { readConfig } from '../read-config.js'
import { note, print, printJson } from '../terminal.js'

/** `backup` and `restore`: all that is stored, in one file. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .argument('<file>', 'where to write it; a file of that name is replaced')
    .summary('write all that is stored into one file')
    .description(
      `Writes all that is stored into one compressed file, as it is at one moment, from DATABASE_URL beside the running product or
from the embedded database, which must not be in use. SECRET_KEY is not in it: keep that with it.`,
    )
    .addOption(jsonOption())
    .action(async (file: string, { json }: { json?: boolean }) => {
      const counts = await onConnection(async (connection) => {
        const { writeBackup } = await import('../../store/backup/backup-file.js')
        return writeBackup(connection, file, { version, now: new Date() })
      }, 'The backup could not be written')
      if (json) return printJson({ file, rows: Object.fromEntries(counts) })
      await print(`Wrote ${totalOf(counts)} rows of ${counts.size} tables to ${file}.`)
      note('SECRET_KEY (or DATA_DIR/secret-key) is not in it: without that key its secrets cannot be read.')
    })

  program
    .command('restore')
    .argument('<file>', 'a file that backup has written')
    .summary('fill an empty database from a backup')
    .description(
      `Fills an empty database from a backup of this version or an older one and brings it up to date: DATABASE_URL, or the embedded
one of DATA_DIR. What is damaged is found out and leaves nothing behind. Start the product with the SECRET_KEY of then.`,
    )
    .addOption(jsonOption())
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { header, counts } = await onConnection(async (connection) => {
        const { restoreBackup } = await import('../../store/backup/backup-file.js')
        return restoreBackup(connection, file)
      }, `${file} could not be restored`)
      if (json) return printJson({ file, takenAt: header.takenAt, rows: Object.fromEntries(counts) })
      await print(
        `Restored ${totalOf(counts)} rows of ${counts.size} tables, as they were at ${header.takenAt}.`,
      )
    })
}

async function onConnection<Result>(
  work: (connection: Awaited<ReturnType<OpenInstallation>>['connection']) => Promise<Result>,
  what: string,
): Promise<Result> {
  const config = readConfig()
  const { openInstallation } = await import('../../store/installation.js')
  try {
    const { connection, close } = await openInstallation(config)
    try {
      return await work(connection)
    } finally {
      await close()
    }
  } catch (failure) {
    throw new CliError(`${what}: ${messageOf(failure)}`)
  }
}

type OpenInstallation = (typeof import('../../store/installation.js'))['openInstallation']

function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, rows) => sum + rows, 0)
}
