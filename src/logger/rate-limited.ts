/** The methods of the logger that a limit is put before. */
export interface LineWriter {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** More different messages than this are not remembered; the oldest is forgotten and may be written again. */
const MOST_MESSAGES = 1000

/**
 * Puts a limit before `logger`: of the lines with the same message one in `everyMs` milliseconds is written, and the
 * next one that is written says in `leftOut` how many were not. For faults that repeat quickly, such as a database
 * that is away; the message must therefore be the same text each time, with what varies in the fields.
 * @param clock milliseconds, any origin
 */
export function rateLimited(logger: LineWriter, everyMs: number, clock: () => number): LineWriter {
  const written = new Map<string, { at: number; leftOut: number }>()
  const limited = (level: keyof LineWriter) => (fields: object, message: string) => {
    const now = clock()
    const last = written.get(message)
    if (last && now - last.at < everyMs) {
      last.leftOut += 1
      return
    }
    written.delete(message)
    written.set(message, { at: now, leftOut: 0 })
    if (written.size > MOST_MESSAGES) written.delete(written.keys().next().value ?? '')
    logger[level](last?.leftOut ? { ...fields, leftOut: last.leftOut } : fields, message)
  }
  return { info: limited('info'), warn: limited('warn'), error: limited('error') }
}
