import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { LogType } from '../../sources/log.js'
import { oneLine } from '../../sources/one-line.js'
import { openApi } from '../api.js'
import { collect, collectOneOf, count, countUpTo, jsonOption, withConnection } from '../command-options.js'
import type { ConnectionOptions } from '../connection.js'
import { colors, note, print, printJson } from '../terminal.js'

interface TailOptions extends ConnectionOptions {
  readonly json?: boolean
  readonly changes?: boolean
  readonly after?: string
  readonly bookmark?: string
  readonly last?: number
  readonly limit?: number
  readonly type?: readonly string[]
  readonly status?: readonly string[]
  readonly errorCode?: readonly string[]
  readonly account?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly search?: string
}

interface Log {
  readonly timestamp: string
  readonly logType: string
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly fromNumber: string | null
  readonly toNumber: string | null
  readonly twilioSid: string
}

interface LogEvent {
  readonly cursor: string
  readonly log: Log
}

const FIELDS =
  'id twilioSid accountSid logType timestamp status errorCode errorMessage fromNumber toNumber createdAt updatedAt'

/** The most logs that a page of the API has. */
const MOST_AT_ONCE = 200

interface Beginning {
  readonly health: { readonly demo: boolean }
  readonly logs: { readonly feedCursor: string; readonly nodes: readonly Log[] }
}

export function addLogCommands(program: Command): void {
  const logs = program
    .command('logs')
    .summary('follow the logs')
    .description('Logs of the account that is watched.')
  withConnection(logs.command('tail'))
    .description(
      'Prints each new log as it comes, goes on where it was after a cut, and says at its end how to go on from there.',
    )
    .option('--changes', 'the changes of status or error instead of the new logs')
    .addOption(
      new Option('--type <type>', 'only logs of this type; may be given more than once')
        .choices(Object.values(LogType))
        .argParser(collectOneOf(Object.values(LogType))),
    )
    .option(
      '--status <status>',
      'only logs with this status; may be given more than once; with --changes those that come to have it',
      collect,
    )
    .option(
      '--error-code <code>',
      'only logs with this error code; may be given more than once; with --changes those that come to have it',
      collect,
    )
    .option('--account <sid>', 'only logs of this account; may be given more than once', collect)
    .option('--from <number>', 'only logs from this number')
    .option('--to <number>', 'only logs to this number')
    .option('--search <text>', 'only logs in which this text is found')
    .option('--after <cursor>', 'begin after this cursor, as a line of --json or an earlier end gave it')
    .option('--bookmark <file>', 'keep the cursor in this file, and begin after the one that it holds')
    .addOption(
      new Option('--last <count>', `begin with that many of the newest logs, ${MOST_AT_ONCE} at most`)
        .argParser(countUpTo(MOST_AT_ONCE))
        .conflicts('changes'),
    )
    .addOption(new Option('--limit <count>', 'end after so many').argParser(count))
    .addOption(jsonOption().default(false))
    .action(tail)
}

async function tail(options: TailOptions): Promise<void> {
  const api = openApi(options)
  const filter = filterOf(options)
  const field = options.changes ? 'logChanged' : 'logAdded'
  const show = async (log: Log, cursor: string | null): Promise<void> =>
    options.json ? printJson({ cursor, log }, { isLine: true }) : print(lineOf(log))

  let left = options.limit ?? Infinity
  let after = options.after ?? readBookmark(options.bookmark)
  if (after === null && options.last !== undefined) {
    const logs = await begin(
      `query ($filter: LogFilter, $first: Int) { health { demo } logs(filter: $filter, first: $first) { feedCursor nodes { ${FIELDS} } } }`,
      { filter, first: Math.min(options.last, left) },
    )
    for (const log of logs.nodes.toReversed()) await show(log, null)
    left -= logs.nodes.length
    after = logs.feedCursor
  } else {
    // Asked for in any case: a product that is not there, or not one, is told at once and not waited for.
    // Where the feed ends now: so that nothing is missed when the very first connection is cut before the first log.
    const { feedCursor } = await begin('{ health { demo } logs(first: 1) { feedCursor } }')
    after ??= feedCursor
  }
  // Before the first log, so that nothing is missed by whoever ends this before there was one.
  writeBookmark(options.bookmark, after)

  const end = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort())
  if (left > 0) {
    const query = `subscription ($filter: LogFilter, $after: String) { ${field}(filter: $filter, after: $after) { cursor log { ${FIELDS} } } }`
    let arrived = after
    const events = api.follow<Record<string, LogEvent>>(query, {
      variables: () => ({ filter, after: arrived }),
      // What has arrived is shown in its time; a new connection is not to bring it once more.
      onArrival: (data) => (arrived = data[field]?.cursor ?? arrived),
      onCut: (refusal) =>
        note(
          refusal === null
            ? 'The connection was cut; it is made again.'
            : `GiftPulse takes no connection now and is asked again: ${refusal}`,
        ),
      signal: end.signal,
    })
    for await (const data of events) {
      const event = data[field]
      if (!event) continue
      await show(event.log, event.cursor)
      after = event.cursor
      writeBookmark(options.bookmark, after)
      left -= 1
      if (left <= 0) break
    }
  }
  note(`To go on from here: --after ${after}`)

  /** The first answer, and what is to be known before the first log is shown. */
  async function begin(query: string, variables?: object): Promise<Beginning['logs']> {
    const { health, logs } = await api.request<Beginning>(query, variables)
    if (health.demo) note('DEMO: these are the records of a simulated Twilio account.')
    if (!options.changes && (options.status || options.errorCode))
      note('Only new logs are shown: those that come to be so later are shown with --changes.')
    return logs
  }
}

function filterOf(options: TailOptions): Record<string, unknown> {
  const filter = {
    logType: options.type?.map((type) => type.toUpperCase()),
    status: options.status,
    errorCode: options.errorCode,
    accountSid: options.account,
    fromNumber: options.from,
    toNumber: options.to,
    search: options.search,
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

const tones: Readonly<Record<string, (text: string) => string>> = {
  ERROR: colors.red,
  WARNING: colors.yellow,
  CALL: colors.cyan,
  MESSAGE: colors.blue,
}

function lineOf(log: Log): string {
  const { timestamp, logType, status, errorCode, errorMessage, fromNumber, toNumber, twilioSid } = log
  const tone = errorCode === null ? (text: string) => text : colors.red
  return [
    colors.dim(timestamp),
    (tones[logType] ?? String)(logType.padEnd(7)),
    tone(oneLine(status ?? '-').padEnd(11)),
    tone(oneLine(errorCode ?? '-').padEnd(5)),
    oneLine(`${fromNumber ?? '-'} -> ${toNumber ?? '-'}`),
    colors.dim(oneLine(twilioSid)),
    oneLine(errorMessage ?? ''),
  ]
    .join('  ')
    .trimEnd()
}

function readBookmark(path: string | undefined): string | null {
  return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8').trim() || null : null
}

/** In two steps, so that there is a whole one whenever it is killed. */
function writeBookmark(path: string | undefined, cursor: string): void {
  if (path === undefined) return
  writeFileSync(`${path}.new`, `${cursor}\n`)
  renameSync(`${path}.new`, path)
}
