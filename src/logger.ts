import { pino } from 'pino'
import { conceal } from './logger/conceal.js'
import { describeError } from './logger/describe-error.js'
import { maskText } from './logger/mask-text.js'

/** The program's own log: `logger.info({ ruleId }, 'rule saved')`. */
export type Logger = pino.Logger

/** Where the lines go; `write` gets whole lines. */
export interface LineSink {
  write(line: string): void
}

export interface LoggerOptions {
  readonly level: pino.LevelWithSilent
  /** Fields of every line, such as the role of the process. */
  readonly fields?: Readonly<Record<string, unknown>>
  /** Stdout where left out. */
  readonly sink?: LineSink
}

/**
 * Makes the logger: one JSON object a line, or readable text where stdout is a terminal. Whatever it is given, it
 * writes no value of a secret key, no credentials in a URL, and of an error only type, message, code, stack and causes.
 */
export async function createLogger({ level, fields = {}, sink }: LoggerOptions): Promise<Logger> {
  return pino(
    {
      level,
      base: conceal({ ...fields }),
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describe, error: describe },
      formatters: { level: (label) => ({ level: label }), log: conceal, bindings: conceal },
      hooks: { streamWrite: maskText },
    },
    sink ?? (await stdout()),
  )
}

async function stdout(): Promise<LineSink> {
  // Synchronous, so that the last lines before the end of the process are not lost.
  if (!process.stdout.isTTY) return pino.destination({ fd: process.stdout.fd, sync: true })
  const { default: pretty } = await import('pino-pretty')
  return pretty({ sync: true, colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' })
}

/** `conceal` has often described the error already; a child's own fields come here as they are. */
const describe = (value: unknown): unknown => (value instanceof Error ? describeError(value) : value)
