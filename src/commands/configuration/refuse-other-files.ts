import { ConflictError } from '../../errors.js'
import type { PlanOptions } from './management.js'

interface Named {
  readonly name: string
}

/** One list of the files, and what of its kind stands; nothing where they say nothing of it. */
export interface GivenList {
  readonly wanted: readonly Named[] | null | undefined
  readonly standing: readonly (Named & { readonly managedBy: string | null })[] | null | undefined
}

/**
 * Refuses files that would delete all that stands under their name and say nothing of any of it: they are probably others, since
 * giftpulse.yaml is what files are called in many places. Lists that are all empty say that nothing is to be left.
 * @throws ConflictError
 */
export function refuseOtherFiles(
  lists: readonly GivenList[],
  { managedBy, prune, pruneAll }: PlanOptions,
): void {
  const isEmpty = lists.every(({ wanted }) => (wanted ?? []).length === 0)
  if (managedBy === null || !prune || pruneAll || isEmpty) return
  const managed = lists.flatMap(({ wanted, standing }) =>
    (standing ?? [])
      .filter((one) => one.managedBy === managedBy)
      .map(({ name }) => ({ name, isGiven: (wanted ?? []).some((one) => one.name === name) })),
  )
  if (managed.length === 0 || managed.some(({ isGiven }) => isGiven)) return
  throw new ConflictError(
    `${managedBy} manages ${listed(managed.map(({ name }) => name))} here, and these files have none of it: it would all be deleted. ` +
      'Other files need a name of their own (managedBy, or --as); where these are the same, pruneAll (--prune-all) deletes it.',
  )
}

const SHOWN = 5

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `"${name}"`)
  return [...shown, ...(names.length > SHOWN ? [`${names.length - SHOWN} more`] : [])].join(', ')
}
