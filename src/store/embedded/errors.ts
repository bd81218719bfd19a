import { StartError } from '../../errors.js'

/** The embedded database cannot be opened, broke down, or was stopped; `cause` says more where something is known. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code = 'embedded-postgres'

  constructor(message: string, cause?: unknown) {
    const reason = cause instanceof Error ? ` ${cause.message}` : ''
    super(`${message}${reason}`, { cause })
  }
}

/** A connection to the embedded database that ended without being closed. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
  readonly code = 'ECONNRESET' // what a broken socket says: drivers and pools know it

  constructor() {
    super('The connection to the embedded database broke.')
  }
}

/** DATA_DIR belongs to another living process. */
export class DataDirInUseError extends StartError {
  override readonly name = 'DataDirInUseError'
  readonly code = 'data-dir-in-use'

  constructor(
    readonly dataDir: string,
    readonly pid: number,
    readonly since: Date,
  ) {
    super(`The data directory ${dataDir} is in use by process ${pid} since ${since.toISOString()}.`)
  }
}
