import type { Command } from 'commander'
import { jsonOption } from '../command-options.js'
import { print } from '../terminal.js'

export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .summary('print the JSON Schema of the files')
    .description('Prints the JSON Schema of giftpulse.yaml, with which editors complete and check it.')
    .addOption(jsonOption())
    .action(async () => {
      const { configurationSchema } = await import('../configuration-schema.js')
      await print(JSON.stringify(configurationSchema(), null, 2))
    })
}
