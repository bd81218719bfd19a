import type { Command } from 'commander'
import { openApi } from '../api.js'
import { CliError } from '../cli-error.js'
import { jsonOption, withConnection } from '../command-options.js'
import type { ConnectionOptions } from '../connection.js'
import { ExitCode } from '../exit-code.js'
import { print, printJson } from '../terminal.js'

type Options = ConnectionOptions & { readonly json?: boolean; readonly yes?: boolean }

export function addEraseCommand(program: Command): void {
  withConnection(program.command('erase'))
    .argument('<number>', 'with its calling code: +14155552671')
    .summary('take a phone number out of everything that is stored')
    .description(
      `Takes a phone number out of everything that is stored, for good. Rows stay, so counts do; rules that look for it are
disabled. It needs a key with the scope ADMIN. What Twilio still has of it comes in without it from then on.`,
    )
    .option('--yes', 'really')
    .addOption(jsonOption())
    .action(async (number: string, { yes, json, ...connection }: Options) => {
      if (!yes)
        throw new CliError('Nothing can bring it back.', ExitCode.USAGE, 'Add --yes where that is meant.')
      const { eraseNumber } = await openApi(connection).request<{
        eraseNumber: { number: string; rows: number }
      }>(`mutation ($number: String!) { eraseNumber(number: $number) { number rows } }`, { number })
      if (json) return printJson(eraseNumber)
      await print(
        `Erased ${eraseNumber.number}: this took it out of ${eraseNumber.rows} rows, and none holds it now.`,
      )
    })
}
