import type { Command } from 'commander'
import type { Config } from '../../config.js'
import { messageOf } from '../../errors.js'
import { jsonOption } from '../command-options.js'
import { publicUrlCheck } from '../doctor/address-checks.js'
import { type Check, type CheckStatus, failed, type Finding } from '../doctor/check.js'
import {
  configurationCheck,
  dataDirectoryCheck,
  nodeCheck,
  warningsCheck,
} from '../doctor/installation-checks.js'
import { serviceChecks } from '../doctor/service-checks.js'
import { ExitCode } from '../exit-code.js'
import { readConfig } from '../read-config.js'
import { colors, print, printJson, showProgress } from '../terminal.js'

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('check what the product needs')
    .description(
      'Checks Node, the configuration, Twilio, PostgreSQL, MongoDB, Redis, SMTP and the public URL, and says of each what is wrong and what to do. Ends with 1 where any check fails.',
    )
    .addOption(jsonOption())
    .action(async (options: { json?: boolean }) => {
      const results = await runChecks(listChecks())
      const isOk = results.every(({ status }) => status !== 'failed')
      if (options.json) await printJson({ ok: isOk, checks: results })
      else for (const result of results) await show(result)
      if (!isOk) process.exitCode = ExitCode.FAILURE
    })
}

type Result = Finding & { readonly name: string }

/** Without a configuration nothing else can be checked. */
function listChecks(): Check[] {
  let config: Config
  try {
    config = readConfig()
  } catch (failure) {
    return [nodeCheck, configurationCheck(messageOf(failure))]
  }
  return [
    nodeCheck,
    configurationCheck(null),
    warningsCheck(config),
    dataDirectoryCheck(config),
    ...serviceChecks(config),
    publicUrlCheck(config),
  ]
}

async function runChecks(checks: readonly Check[]): Promise<Result[]> {
  const progress = showProgress(checks.length, checks[0]?.name ?? '')
  const results: Result[] = []
  try {
    for (const [index, { name, run }] of checks.entries()) {
      const finding = await run().catch((failure: unknown) =>
        failed(messageOf(failure), 'This should not happen: please report it.'),
      )
      results.push({ name, ...finding })
      progress.step(checks[index + 1]?.name ?? '')
    }
  } finally {
    progress.stop()
  }
  return results
}

const marks: Readonly<Record<CheckStatus, string>> = {
  ok: colors.green('ok     '),
  warning: colors.yellow('warning'),
  failed: colors.red('failed '),
  skipped: colors.dim('skipped'),
}

async function show({ name, status, message, fix }: Result): Promise<void> {
  await print(`${marks[status]}  ${name.padEnd(14)}  ${message.replaceAll('\n', '\n' + ' '.repeat(25))}`)
  if (fix !== null) await print(`${' '.repeat(25)}${fix}`)
}
