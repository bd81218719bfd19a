import { ExitCode } from './exit-code.js'

/** A failure told to the person at the terminal: what is wrong, and what to do next. */
export class CliError extends Error {
  override readonly name = 'CliError'

  constructor(
    message: string,
    readonly exitCode: ExitCode = ExitCode.FAILURE,
    readonly hint: string | null = null,
  ) {
    super(message)
  }
}
