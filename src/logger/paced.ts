import type { LineWriter } from './rate-limited.js'

/** A line that waits for its turn. */
interface Waiting {
  readonly level: 'warn' | 'error'
  readonly fields: object
  readonly at: string
  /** Lines with the same message that came while it waited. */
  leftOut: number
}

/** More different messages than this do not wait; what comes besides is left out and counted. */
const MOST_WAITING = 100

/** Also writes what only `LOG_LEVEL=debug` shows. */
export interface DetailedLines extends LineWriter {
  debug(fields: object, message: string): void
}

/** A logger that writes no more than so many lines of trouble, and what is still waiting when it ends. */
export interface PacedLines extends DetailedLines {
  /** Writes at once what still waits. */
  flush(): void
}

/**
 * Writes one warning or error in `everyMs` milliseconds, whatever they say: one service that is away is met in ten places, and each of
 * them has its own words for it. The first is written at once. Those that come too early wait and are written in turn, each message
 * once, with `at` for when it came first and `leftOut` for how often it came besides; the message must therefore be the same text each
 * time, with what varies in the fields.
 */
export function paced(logger: DetailedLines, everyMs: number): PacedLines {
  const waiting = new Map<string, Waiting>()
  let resting: NodeJS.Timeout | null = null
  /** Lines for which there was no place among those that wait. */
  let dropped = 0

  const rest = (): void => {
    resting = setTimeout(() => {
      resting = null
      if (writeNext()) rest()
    }, everyMs)
    resting.unref()
  }
  const writeNext = (): boolean => {
    const next = waiting.entries().next().value
    if (!next && dropped === 0) return false
    if (!next) {
      logger.warn({ leftOut: dropped }, 'there was more trouble than is told of')
      dropped = 0
      return true
    }
    const [message, { level, fields, at, leftOut }] = next
    waiting.delete(message)
    logger[level]({ ...fields, at, ...(leftOut > 0 ? { leftOut } : {}) }, message)
    return true
  }
  const write = (level: Waiting['level']) => (fields: object, message: string) => {
    const same = waiting.get(message)
    if (same) same.leftOut += 1
    else if (resting === null) {
      rest()
      logger[level](fields, message)
    } else if (waiting.size < MOST_WAITING)
      waiting.set(message, { level, fields, at: new Date().toISOString(), leftOut: 0 })
    else dropped += 1
  }
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: write('warn'),
    error: write('error'),
    flush: () => {
      while (writeNext());
    },
  }
}
