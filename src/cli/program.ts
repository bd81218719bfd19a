import { Command } from 'commander'
import { addAuditCommand } from './commands/audit.js'
import { addBackupCommands } from './commands/backup.js'
import { addCompletionCommand } from './commands/completion.js'
import { addConfigurationCommands } from './commands/configuration.js'
import { addDoctorCommand } from './commands/doctor.js'
import { addEraseCommand } from './commands/erase.js'
import { addKeyCommands } from './commands/keys.js'
import { addLogCommands } from './commands/logs-tail.js'
import { addMigrateCommand } from './commands/migrate.js'
import { addPollCommand } from './commands/poll.js'
import { addRuleCommands } from './commands/rules-test.js'
import { addSchemaCommand } from './commands/schema.js'
import { addSecretCommands } from './commands/secrets.js'
import { addStartCommands } from './commands/start.js'
import { addVersionCommand } from './commands/version.js'
import { version } from '../version.js'

/** Every command, in the order in which the help lists them. */
const commands = [
  addStartCommands,
  addDoctorCommand,
  addMigrateCommand,
  addConfigurationCommands,
  addRuleCommands,
  addLogCommands,
  addPollCommand,
  addKeyCommands,
  addAuditCommand,
  addBackupCommands,
  addSecretCommands,
  addEraseCommand,
  addSchemaCommand,
  addCompletionCommand,
  addVersionCommand,
]

/** The command line of `giftpulse`. */
export function createProgram(): Command {
  const program = new Command('giftpulse')
    .description('Runs GiftPulse, and asks a running one: rules as files, keys, logs, checks.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('Run it with --help to see what it takes.')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 the command line or a file makes no sense, 3 differences (diff --exit-code),
4 nothing answers, 5 the key was refused.`,
    )
  for (const add of commands) add(program)
  return program
}
