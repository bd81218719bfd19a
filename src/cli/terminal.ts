import { once } from 'node:events'
import { SingleBar } from 'cli-progress'
import picocolors from 'picocolors'

type Stream = Pick<NodeJS.WriteStream, 'isTTY'>

/** Only for people: on a terminal that knows them and where NO_COLOR does not say otherwise. */
const wantsColors = (stream: Stream): boolean =>
  Boolean(stream.isTTY) && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'

/** Colours of what goes to the output. */
export const colors = picocolors.createColors(wantsColors(process.stdout))
const errorColors = picocolors.createColors(wantsColors(process.stderr))

let isReaderWatched = false

/** A reader that has seen enough, such as `head`, ends the program quietly. */
function watchReader(): void {
  if (isReaderWatched) return
  isReaderWatched = true
  process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
    if (failure.code === 'EPIPE') process.exit(0)
    throw failure
  })
}

/** Writes a line to the output; resolves when there is room for the next. */
export async function print(line: string): Promise<void> {
  watchReader()
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}

/** Writes one JSON document, or with `isLine` one line of several. */
export function printJson(value: unknown, { isLine = false } = {}): Promise<void> {
  return print(JSON.stringify(value, null, isLine ? undefined : 2))
}

/** Writes a line for the person beside the output. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** The same, only for people: while they wait. */
export function noteOnTerminal(line: string): void {
  if (process.stderr.isTTY) note(line)
}

/** Says what failed, and what to do next. */
export function complain(message: string, hint: string | null): void {
  note(`${errorColors.red('error:')} ${message}`)
  if (hint !== null) note(hint)
}

export function warn(message: string): void {
  note(`${errorColors.yellow('warning:')} ${message}`)
}

export interface Progress {
  /** One part of the work is done; what comes next. */
  step(next: string): void
  stop(): void
}

/** A bar on the terminal while long work runs; nothing anywhere else. */
export function showProgress(total: number, first: string): Progress {
  const format = '{bar} {value}/{total} {doing}'
  const bar = new SingleBar({
    format,
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
    stopOnComplete: true,
  })
  if (process.stderr.isTTY) bar.start(total, 0, { doing: first })
  return {
    step: (doing) => bar.increment(1, { doing }),
    stop: () => bar.stop(),
  }
}
