import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { messageOf } from '../../errors.js'
import type { Connection } from '../../store/data-source.js'
import type { BackupContent } from '../../store/backup/backup-file.js'
import type { InstallationPlace } from '../../store/installation.js'
import { version } from '../../version.js'
import { CliError } from '../cli-error.js'
import { jsonOption } from '../command-options.js'
import { ExitCode } from '../exit-code.js'
import { readConfig } from '../read-config.js'
import { note, print, printJson } from '../terminal.js'

interface Options {
  readonly json?: boolean
  readonly demo?: boolean
}

const DEMO = ['--demo', "the demo account's database, not that of a real account"] as const

/** `backup` and `restore`: all that is stored, in one file. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .argument('<file>', 'where to write it; a file of that name is replaced')
    .summary('write all that is stored into one file')
    .description(
      `Writes all that is stored into one compressed file, as it is at one moment, from DATABASE_URL beside the running product or
from the embedded database of DATA_DIR, which must not be in use. It says which database and whose records those are. SECRET_KEY is
not in it: keep that with it.`,
    )
    .option(...DEMO)
    .addOption(jsonOption())
    .action(async (file: string, { json, demo = false }: Options) => {
      const place = { ...readConfig(), demo }
      await refuseClosed(dirname(resolve(file)), constants.W_OK, 'folder')
      await refuseNone(place)
      const { content, database } = await onPlace(place, 'The backup could not be written', async (to) => {
        const { writeBackup } = await import('../../store/backup/backup-file.js')
        return writeBackup(to, file, { version, now: new Date(), demo })
      })
      if (json) return printJson({ file, database, ...inJson(content) })
      await print(`Wrote ${inWords(content)} from ${database} to ${file}.`)
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
    .option(...DEMO)
    .addOption(jsonOption())
    .action(async (file: string, { json, demo = false }: Options) => {
      const place = { ...readConfig(), demo }
      await refuseClosed(file, constants.R_OK, 'file')
      const { content, database } = await onPlace(place, `${file} could not be restored`, async (to) => {
        const { restoreBackup } = await import('../../store/backup/backup-file.js')
        return restoreBackup(to, file, { demo })
      })
      const { takenAt } = content.header
      if (json) return printJson({ file, takenAt, database, ...inJson(content) })
      await print(`Restored ${inWords(content)} into ${database}, as they were at ${takenAt}.`)
    })
}

/** Before anything is opened: whoever mistyped a name need not stop the product to hear of it. */
async function refuseClosed(path: string, mode: number, noun: 'file' | 'folder'): Promise<void> {
  try {
    await access(path, mode)
  } catch (failure) {
    const isMissing = (failure as NodeJS.ErrnoException).code === 'ENOENT'
    const verb = mode === constants.W_OK ? 'written' : 'read'
    throw new CliError(
      isMissing ? `There is no ${noun} ${path}.` : `The ${noun} ${path} cannot be ${verb}.`,
      isMissing ? ExitCode.USAGE : ExitCode.FAILURE,
    )
  }
}

/** An empty database would be made, and its backup would look like one. */
async function refuseNone(place: InstallationPlace): Promise<void> {
  const { isThere, nameOfPlace } = await import('../../store/installation.js')
  if (await isThere(place)) return
  const isOtherThere = await isThere({ ...place, demo: !place.demo })
  throw new CliError(
    `There is no database in ${nameOfPlace(place)}.`,
    ExitCode.FAILURE,
    isOtherThere && !place.demo
      ? "Only the demo's is there: add --demo where that is meant, else name the DATA_DIR or DATABASE_URL of the product."
      : 'Run it with the DATA_DIR or the DATABASE_URL of the product.',
  )
}

async function onPlace<Content>(
  place: InstallationPlace,
  what: string,
  work: (connection: Connection) => Promise<Content>,
): Promise<{ readonly content: Content; readonly database: string }> {
  const { nameOfPlace, openInstallation } = await import('../../store/installation.js')
  const database = nameOfPlace(place)
  try {
    const { connection, close } = await openInstallation(place)
    try {
      return { content: await work(connection), database }
    } finally {
      await close()
    }
  } catch (failure) {
    const { DataDirInUseError } = await import('../../store/embedded/errors.js')
    throw new CliError(
      `${what} (${database}): ${messageOf(failure)}`,
      ExitCode.FAILURE,
      failure instanceof DataDirInUseError
        ? 'Stop the product first: an embedded database has one user at a time.'
        : null,
    )
  }
}

const inJson = ({ accounts, counts }: BackupContent) => ({
  accounts: accounts.map(({ sid }) => sid),
  rows: Object.fromEntries(counts),
})

function inWords({ accounts, counts }: BackupContent): string {
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const whose =
    accounts.length === 0 ? 'which watched no account yet' : accounts.map(({ sid }) => sid).join(', ')
  return `${rows} rows of ${counts.size} tables (${whose})`
}
