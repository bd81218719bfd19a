import type { Api } from '../../api/api.js'
import { LogExportDocument, type LogExportQuery, type LogFilter } from '../../api/documents.js'

export type ExportFormat = 'csv' | 'json'

/** The most that one question may bring. */
const PAGE = 200

type Log = LogExportQuery['logs']['nodes'][number]

export interface ExportOptions {
  readonly api: Pick<Api, 'ask'>
  readonly filter: LogFilter
  readonly format: ExportFormat
  /** How many logs are written so far. */
  progress(count: number): void
  readonly signal: AbortSignal
}

/** Every log of the filter, read page after page and written as it comes, so that only the text is held. Throws `ApiError`. */
export async function exportLogs({ api, filter, format, progress, signal }: ExportOptions): Promise<Blob> {
  const write = format === 'csv' ? await csvWriter() : jsonWriter()
  const parts: string[] = [write.head]
  let count = 0
  for (let after: string | null = null; ;) {
    const { logs }: LogExportQuery = await api.ask(LogExportDocument, { filter, first: PAGE, after }, signal)
    parts.push(write.rows(logs.nodes, count === 0))
    count += logs.nodes.length
    progress(count)
    if (!logs.pageInfo.hasNextPage) break
    after = logs.pageInfo.endCursor
  }
  parts.push(write.foot)
  return new Blob(parts, { type: write.type })
}

interface Writer {
  readonly type: string
  readonly head: string
  readonly foot: string
  rows(logs: readonly Log[], areFirst: boolean): string
}

const columns = [
  'timestamp',
  'logType',
  'status',
  'errorCode',
  'errorMessage',
  'text',
  'fromNumber',
  'toNumber',
  'twilioSid',
  'updatedAt',
  'id',
] as const

async function csvWriter(): Promise<Writer> {
  const { unparse } = await import('papaparse')
  // Texts from Twilio are hostile: one that begins with = would be a formula where the file is opened. The library's own
  // pattern does not see a text of more than one line.
  const config = { header: false, newline: '\r\n', escapeFormulae: /^[=+\-@\t\r\n]/ }
  const lines = (rows: unknown[][]): string => (rows.length === 0 ? '' : `${unparse(rows, config)}\r\n`)
  return {
    type: 'text/csv;charset=utf-8',
    head: lines([[...columns]]),
    foot: '',
    rows: (logs) => lines(logs.map((log) => columns.map((column) => log[column]))),
  }
}

function jsonWriter(): Writer {
  return {
    type: 'application/json',
    head: '[',
    foot: '\n]\n',
    rows: (logs, areFirst) =>
      logs.map((log, place) => `${areFirst && place === 0 ? '' : ','}\n${JSON.stringify(log)}`).join(''),
  }
}
