import { pino } from 'pino'
import { conceal } from './logger/conceal.js'
import { maskText } from './logger/mask-text.js'
import { maskNumbersIn } from './privacy/mask-numbers.js'

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
  /** Whether phone numbers are written masked; they are, unless this says otherwise. */
  readonly maskNumbers?: boolean
  /** Stdout where left out. */
  readonly sink?: LineSink
}

/**
 * Makes the logger: one JSON object a line, or readable text where stdout is a terminal. Whatever it is given, it
 * writes no value of a secret key, no credentials in a URL, and of an error only type, message, code, stack and causes.
 */
export async function createLogger({
  level,
  fields = {},
  maskNumbers = true,
  sink,
}: LoggerOptions): Promise<Logger> {
  const logger = pino(
    {
      level,
      base: conceal(fields),
      timestamp: pino.stdTimeFunctions.isoTime,
      // What `conceal` made of an error is already all that may be written.
      serializers: { err: asIs },
      formatters: { level: (label) => ({ level: label }), log: conceal },
      hooks: {
        streamWrite: maskNumbers ? (line) => withoutNumbers(maskText(line)) : maskText,
      },
    },
    sink ?? (await stdout()),
  )
  // No formatter sees the fields of a child, and children inherit this method.
  const { child } = logger
  logger.child = function concealedChild(this: Logger, bindings: pino.Bindings) {
    return child.call(this, conceal(bindings))
  } as typeof child
  return logger
}

async function stdout(): Promise<LineSink> {
  // Synchronous, so that the last lines before the end of the process are not lost.
  if (!process.stdout.isTTY) return pino.destination({ fd: process.stdout.fd, sync: true })
  const { default: pretty } = await import('pino-pretty')
  return pretty({ sync: true, colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' })
}

/** Read, since in the JSON text of a line numerals stand without quotes, and no mask may. */
function withoutNumbers(line: string): string {
  return `${JSON.stringify(maskNumbersIn(JSON.parse(line)))}\n`
}

const asIs = (value: unknown): unknown => value
