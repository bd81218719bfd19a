import { createHash, type Hash } from 'node:crypto'

/** The first line: what it is, and by which migrations its tables were made. */
export interface Header {
  readonly giftpulse: 'backup'
  readonly format: 1
  readonly version: string
  readonly takenAt: string
  readonly migrations: readonly string[]
}

/** Begins a table; its rows follow, a line each: a list of texts in the order of the columns. */
export interface TableBegin {
  readonly table: string
  readonly columns: readonly string[]
}

/** Ends a table. */
export interface TableEnd {
  readonly end: string
  readonly rows: number
  /** SHA-256 of its lines. */
  readonly digest: string
  /** What its counting column gave last; null where it has none or gave nothing yet. */
  readonly counter: string | null
}

/** The last line: what is cut off has none. */
export interface Footer {
  readonly tables: number
}

export type Row = readonly (string | null)[]

/** Why an archive is not restored. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  readonly code = 'archive'
}

/** The digest of a table's rows, line by line. */
export class RowDigest {
  private readonly hash: Hash = createHash('sha256')
  rows = 0

  add(line: string): void {
    this.hash.update(line).update('\n')
    this.rows += 1
  }

  end(): string {
    return this.hash.digest('hex')
  }
}

/** What a line says, parsed; its reader knows what may come next. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new ArchiveError('It is no backup of GiftPulse, or it is damaged: a line cannot be read.')
  }
}

export function asHeader(line: unknown): Header {
  const header = line as Partial<Header> | null
  if (header?.giftpulse !== 'backup' || !Array.isArray(header.migrations))
    throw new ArchiveError('It is no backup of GiftPulse.')
  if (header.format !== 1)
    throw new ArchiveError('It was made by a newer version of GiftPulse: restore it with that one.')
  return header as Header
}
