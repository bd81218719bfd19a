import { ChangeAction, type ConfigurationKind, type Step, writeNothing } from './change.js'

export interface PlanOptions {
  /** The name of the files; null gives what they say back to whoever may edit it. */
  readonly managedBy: string | null
  /** Whether what these files managed and no longer have is deleted. */
  readonly prune: boolean
  /** Even where the files have nothing at all of what they managed. */
  readonly pruneAll: boolean
}

/** What is told of a change of who manages something. */
export function managementDifferences(before: string | null, after: string | null): string[] {
  if (before === after) return []
  if (after === null) return [`is managed by ${before} no longer`]
  return [
    before === null ? `is managed by ${after} from now on` : `is managed by ${after}, no longer by ${before}`,
  ]
}

/** What becomes of what these files managed and have no longer. */
export function planLeft(
  kind: ConfigurationKind,
  name: string,
  prune: boolean,
  remove: () => Promise<void>,
): Step {
  return prune
    ? {
        change: { kind, name, action: ChangeAction.DELETE, details: ['no longer in the files'] },
        write: remove,
      }
    : {
        change: {
          kind,
          name,
          action: ChangeAction.KEEP,
          details: ['no longer in the files, and not pruned'],
        },
        write: writeNothing,
      }
}
