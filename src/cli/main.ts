import { CommanderError } from 'commander'
import { messageOf } from '../errors.js'
import { CliError } from './cli-error.js'
import { ExitCode } from './exit-code.js'
import { createProgram } from './program.js'
import { complain } from './terminal.js'

// Whoever reads the output may have seen enough of it: `giftpulse logs tail | head` is no failure.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  if (failure.code === 'EPIPE') process.exit(ExitCode.OK)
  throw failure
})

try {
  await createProgram().parseAsync(process.argv)
} catch (failure) {
  process.exitCode = exitCodeOf(failure)
}

/** Commander has said by itself what it has to say. */
function exitCodeOf(failure: unknown): ExitCode {
  if (failure instanceof CommanderError) return failure.exitCode === 0 ? ExitCode.OK : ExitCode.USAGE
  complain(messageOf(failure), failure instanceof CliError ? failure.hint : null)
  return failure instanceof CliError ? failure.exitCode : ExitCode.FAILURE
}
