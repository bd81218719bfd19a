import { type Command, Option } from 'commander'
import { isSettingKey } from '../../config/setting-keys.js'
import { CliError } from '../cli-error.js'
import { collect } from '../command-options.js'
import { ExitCode } from '../exit-code.js'

interface StartOptions {
  readonly host?: string
  readonly port?: string
  readonly dataDir?: string
  readonly config?: string
  readonly role?: string
  readonly logLevel?: string
  readonly set?: readonly string[]
}

/** `start` and `demo`: the product itself, in this process. */
export function addStartCommands(program: Command): void {
  withSettings(program.command('start'))
    .summary('run the product')
    .description('Runs the product until it is told to stop, as npm start does.')
    .action((options: StartOptions) => start(settingsIn(options)))

  withSettings(program.command('demo'))
    .summary('run the product on a simulated account')
    .description(
      'Runs the product on the demo account, a simulated Twilio. Refuses to where Twilio credentials are set.',
    )
    .action((options: StartOptions) => start({ ...settingsIn(options), DEMO: 'true' }))
}

function withSettings(command: Command): Command {
  return command
    .option('--host <address>', 'API_HOST: the address to listen on')
    .option('--port <port>', 'API_PORT: the port to listen on')
    .option('--data-dir <path>', 'DATA_DIR: what the embedded mode stores')
    .option('--config <path>', 'CONFIG_FILE: the file of settings')
    .option('--role <role>', 'ROLE: api, worker or all')
    .option('--log-level <level>', 'LOG_LEVEL: the least severity that is written')
    .addOption(
      new Option(
        '--set <NAME=value>',
        'any other setting, but no secret: other users see command lines',
      ).argParser(collect),
    )
}

function settingsIn({ set = [], ...options }: StartOptions): Record<string, string> {
  const named = {
    API_HOST: options.host,
    API_PORT: options.port,
    DATA_DIR: options.dataDir,
    CONFIG_FILE: options.config,
    ROLE: options.role,
    LOG_LEVEL: options.logLevel,
  }
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries([...given, ...set.map(settingOf)])
}

function settingOf(text: string): [string, string] {
  const [, name = '', value = ''] = /^([A-Z_]+)=([\s\S]*)$/.exec(text) ?? []
  if (isSettingKey(name)) return [name, value]
  throw new CliError(
    `--set ${text.split('=')[0]} is not a setting.`,
    ExitCode.USAGE,
    'Expected NAME=value, with a name of docs/configuration.md.',
  )
}

/** The environment is where settings have the last word, so what the command line says goes there. */
async function start(settings: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    delete process.env[`${name}_FILE`]
    process.env[name] = value
  }
  // The program itself, which runs for as long as this process does. Not part of this folder's code: it knows nothing of it.
  const program = new URL('../../main.js', import.meta.url)
  await import(program.href)
}
