import { type Command, Option } from 'commander'
import { openApi } from '../api.js'
import { jsonOption, withConnection } from '../command-options.js'
import type { ConnectionOptions } from '../connection.js'
import { noteOnTerminal, print, printJson } from '../terminal.js'

export function addPollCommand(program: Command): void {
  withConnection(program.command('poll'))
    .summary('poll every source now')
    .description(
      'Polls every source now and waits until all are read. The polls on schedule go on as they were.',
    )
    .addOption(new Option('--once', 'once, which is what it does').default(true).hideHelp(false))
    .addOption(jsonOption())
    .action(async (options: ConnectionOptions & { json?: boolean }) => {
      noteOnTerminal('Polling every source; the first time of a large account takes minutes ...')
      const { pollNow } = await openApi(options).request<{ pollNow: { stored: number; changed: number } }>(
        'mutation { pollNow { stored changed } }',
      )
      if (options.json) return printJson(pollNow)
      await print(`${pollNow.stored} new, ${pollNow.changed} changed.`)
    })
}
