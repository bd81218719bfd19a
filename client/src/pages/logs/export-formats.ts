import type { LogExportQuery } from '../../api/documents.js'

export type ExportFormat = 'csv' | 'json'

type Log = LogExportQuery['logs']['nodes'][number]

/** Writes logs as the parts of one file. */
export interface Writer {
  readonly type: string
  readonly head: string
  readonly foot: string
  rows(logs: readonly Log[], areFirst: boolean): string
}

export async function writerOf(format: ExportFormat): Promise<Writer> {
  return format === 'csv' ? csvWriter() : jsonWriter
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

/** Without it Excel takes the file for one of the system's old encoding, and every ü for two letters. */
const BYTE_ORDER_MARK = '\uFEFF'

async function csvWriter(): Promise<Writer> {
  const { unparse } = await import('papaparse')
  // Texts from Twilio are hostile: one that begins with = would be a formula where the file is opened. The library's own
  // pattern does not see a text of more than one line.
  const config = { header: false, newline: '\r\n', escapeFormulae: /^[=+\-@\t\r\n]/ }
  const lines = (rows: unknown[][]): string => (rows.length === 0 ? '' : `${unparse(rows, config)}\r\n`)
  return {
    type: 'text/csv;charset=utf-8',
    head: BYTE_ORDER_MARK + lines([[...columns]]),
    foot: '',
    rows: (logs) => lines(logs.map((log) => columns.map((column) => log[column]))),
  }
}

const jsonWriter: Writer = {
  type: 'application/json',
  head: '[',
  foot: '\n]\n',
  rows: (logs, areFirst) =>
    logs.map((log, place) => `${areFirst && place === 0 ? '' : ','}\n${JSON.stringify(log)}`).join(''),
}
