import type { Api } from '../../api/api.js'
import { ApiError, mayHeal } from '../../api/api-error.js'
import { LogExportDocument, type LogExportQuery, type LogFilter } from '../../api/documents.js'
import { pauseBefore } from '../../api/retry-pause.js'
import { say } from '../../strings.js'
import { type ExportFormat, type Writer, writerOf } from './export-formats.js'

/** The most that one question may bring. */
const PAGE = 200
/** So often a page is asked for before the reader has to say what now. */
const TRIES = 5

export interface ExportOptions {
  readonly api: Pick<Api, 'ask'>
  readonly filter: LogFilter
  readonly format: ExportFormat
  /** Called after each page and each failure: how many logs were read so far, and whether the next are asked for again. */
  progress(count: number, isAgain: boolean): void
  /** Waits before a page is asked for again, and no longer than until `signal`. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** Every log of a filter, read page after page and written as it comes. What was read is kept where a page fails. */
export class LogExport {
  /** How many logs were read so far. */
  count = 0
  private after: string | null = null
  private writer: Writer | null = null
  /** Each page by itself: what is in a blob a browser may put on its disk, and a million logs need not fit into memory. */
  private readonly parts: Blob[] = []

  constructor(private readonly options: ExportOptions) {}

  /** Reads from where it stands to the end. Throws `ApiError` where a page cannot be read, and at `signal`; then it may be called again. */
  async read(signal: AbortSignal): Promise<void> {
    const writer = (this.writer ??= await this.open())
    for (let isMore = true; isMore;) {
      const { nodes, pageInfo } = await this.page(signal)
      this.parts.push(new Blob([writer.rows(nodes, this.count === 0)]))
      this.count += nodes.length
      this.after = pageInfo.endCursor
      isMore = pageInfo.hasNextPage
      this.options.progress(this.count, false)
    }
  }

  /** What was read so far, whole in itself. */
  file(): Blob {
    const { head = '', foot = '', type = '' } = this.writer ?? {}
    return new Blob([head, ...this.parts, foot], { type })
  }

  private async open(): Promise<Writer> {
    try {
      return await writerOf(this.options.format)
    } catch {
      // A part of this program that is loaded when it is needed.
      throw new ApiError('unreachable', say.api.unreachable)
    }
  }

  private async page(signal: AbortSignal): Promise<LogExportQuery['logs']> {
    const { api, filter, progress, wait } = this.options
    for (let tries = 1; ; tries += 1) {
      try {
        return (await api.ask(LogExportDocument, { filter, first: PAGE, after: this.after }, signal)).logs
      } catch (error) {
        if (signal.aborted || !mayHeal(error) || tries === TRIES) throw error
        progress(this.count, true)
        await wait(pauseBefore(tries - 1, Math.random()), signal)
        // Nobody may want it any more after the pause.
        if (signal.aborted) throw error
      }
    }
  }
}
