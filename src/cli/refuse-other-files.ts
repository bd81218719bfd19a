import type { Api } from './api.js'
import { CliError } from './cli-error.js'
import { ExitCode } from './exit-code.js'
import type { GivenFiles } from './object-files-on-disk.js'

interface Standing {
  readonly name: string
  readonly managedBy: string | null
}

/**
 * Refuses files that would delete all that stands under their name and say nothing of any of it: they are probably others, since
 * giftpulse.yaml is what files are called in many places.
 */
export async function refuseOtherFiles(api: Api, { name, lists }: GivenFiles): Promise<void> {
  const standing = await api.request<Record<string, readonly Standing[]>>(
    '{ rules { name managedBy } receivers { name managedBy } }',
  )
  const given = Object.entries(lists).filter(([list]) => list in standing)
  const isEmpty = given.every(([, entries]) => entries.length === 0)
  const managed = given.flatMap(([list, entries]) => {
    const names = new Set(entries.map((entry) => (entry as Partial<Standing> | null)?.name))
    return (standing[list] ?? [])
      .filter(({ managedBy }) => managedBy === name)
      .map((one) => ({ name: one.name, isGiven: names.has(one.name) }))
  })
  if (isEmpty || managed.length === 0 || managed.some(({ isGiven }) => isGiven)) return
  throw new CliError(
    `${name} manages ${listed(managed.map((one) => one.name))} here, and these files have none of it: it would all be deleted.`,
    ExitCode.USAGE,
    `If these are other files, give them a name of their own: --as <name>. If they are the same, --prune deletes it and --no-prune keeps it.`,
  )
}

const SHOWN = 5

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `"${name}"`)
  return [...shown, ...(names.length > SHOWN ? [`${names.length - SHOWN} more`] : [])].join(', ')
}
