import { type Command, InvalidArgumentError, Option } from 'commander'
import { openApi } from '../api.js'
import { jsonOption, withConnection } from '../command-options.js'
import type { ConnectionOptions } from '../connection.js'
import { oneLine } from '../../sources/one-line.js'
import { print, printJson } from '../terminal.js'

interface AuditEntry {
  readonly at: string
  readonly actor: string
  readonly actorName: string
  readonly action: string
  readonly objectType: string
  readonly objectId: string | null
  readonly objectName: string | null
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
  readonly requestId: string | null
  readonly ip: string | null
}

type Options = ConnectionOptions & { readonly json?: boolean; readonly first: number }

const LARGEST_PAGE = 200

export function addAuditCommand(program: Command): void {
  withConnection(program.command('audit'))
    .summary('show who changed what')
    .description('Shows who changed what, newest first. It needs a key with the scope ADMIN.')
    .addOption(
      new Option('--first <count>', `how many changes, 1 to ${LARGEST_PAGE}`)
        .default(50)
        .argParser(readCount),
    )
    .addOption(jsonOption())
    .action(async ({ json, first, ...connection }: Options) => {
      const { auditLog } = await openApi(connection).request<{ auditLog: { nodes: AuditEntry[] } }>(
        `query ($first: Int) { auditLog(first: $first) { nodes {
           at actor actorName keyId action objectType objectId objectName changes requestId ip } } }`,
        { first },
      )
      if (json) return printJson(auditLog.nodes)
      for (const entry of auditLog.nodes) await print(lineOf(entry))
    })
}

function readCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= LARGEST_PAGE) return count
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LARGEST_PAGE}.`)
}

function lineOf({
  at,
  actorName,
  action,
  objectType,
  objectId,
  objectName,
  changes,
  ip,
}: AuditEntry): string {
  const what = [objectName === null ? null : JSON.stringify(objectName), objectId].filter(
    (part) => part !== null,
  )
  const fields = Object.keys(changes).join(', ')
  const by = ip === null ? actorName : `${actorName} (${ip})`
  return [at, by, `${action} ${objectType}`, ...what, fields]
    .filter((part) => part !== '')
    .map(oneLine)
    .join('  ')
}
